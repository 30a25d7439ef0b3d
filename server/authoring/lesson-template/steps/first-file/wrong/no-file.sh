#!/bin/bash
rm -f "$HOME/@id@.txt"
