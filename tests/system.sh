#!/bin/sh
# What the tests need besides Python: tkinter, and on Linux a virtual display, a hand to drive the window, a small
# window manager, and a browser that shows the web page, with what drives it, playwright's node, needs.
# Installs what is missing with apt where that is allowed, else says the exact command.
set -eu

python=.venv/bin/python
[ -x "$python" ] || python=.venv/Scripts/python
packages=""
"$python" -c 'import tkinter' 2>/dev/null || packages="python3-tk"
if [ "$(uname -s)" = Linux ]; then
    command -v Xvfb >/dev/null || packages="$packages xvfb"
    command -v xdotool >/dev/null || packages="$packages xdotool"
    command -v jwm >/dev/null || packages="$packages jwm"
    command -v chromium >/dev/null || packages="$packages chromium"
    "$python" -c 'import ctypes; ctypes.CDLL("libatomic.so.1")' 2>/dev/null || packages="$packages libatomic1"
fi
[ -z "$packages" ] && exit 0

install="apt-get install -y --no-install-recommends $packages"
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "The tests need: $packages. Installing with apt."
    apt-get update -q && DEBIAN_FRONTEND=noninteractive $install
else
    echo "The tests need:$packages. Please run: sudo $install" >&2
    exit 1
fi
