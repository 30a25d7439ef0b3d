#!/bin/bash
echo hello > "$HOME/@id@.txt"
