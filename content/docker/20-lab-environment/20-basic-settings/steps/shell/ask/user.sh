#!/bin/bash
bash -c whoami
