#!/bin/bash
setenforce 1
