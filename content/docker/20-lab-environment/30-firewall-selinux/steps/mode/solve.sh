#!/bin/bash
getenforce
sestatus
