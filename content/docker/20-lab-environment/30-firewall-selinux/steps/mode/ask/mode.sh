#!/bin/bash
getenforce
