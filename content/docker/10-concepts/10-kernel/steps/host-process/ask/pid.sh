#!/bin/bash
cpid k1
