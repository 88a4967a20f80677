#!/bin/sh
# SPDX-License-Identifier: MIT
# with-display.sh [-w] [-s WIDTHxHEIGHT] COMMAND ...
# Runs COMMAND on a screen and a session bus of its own, away from the user's settings, and
# ends with its exit code. With -w there is a window manager: who types into several windows
# needs one that gives the focus. Shares only caches: GStreamer's plugin registry and Mesa's shaders.
set -u
size=1600x1000
manager=
if [ "${1:-}" = -w ]; then
  manager=yes
  shift
fi
if [ "${1:-}" = -s ]; then
  size=$2
  shift 2
fi
[ $# -gt 0 ] || { echo "usage: with-display.sh [-w] [-s WIDTHxHEIGHT] COMMAND ..." >&2; exit 2; }

base=${TMPDIR:-/tmp}
home=$(mktemp -d "$base/blendscope-display.XXXXXX") || exit 1
chmod 700 "$home"
mkdir "$home/config" "$home/data" "$home/cache" "$home/state"

Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp -noreset -dpi 96 \
  3>"$home/number" >"$home/xvfb.log" 2>&1 &
screen=$!
tries=0
while [ ! -s "$home/number" ]; do
  tries=$((tries + 1))
  if [ $tries -gt 150 ] || ! kill -0 $screen 2>/dev/null; then
    echo "with-display: Xvfb did not start" >&2
    cat "$home/xvfb.log" >&2
    rm -rf "$home"
    exit 99
  fi
  sleep 0.1
done

finish() {
  trap - EXIT INT TERM
  [ -n "$manager" ] && kill $manager 2>/dev/null
  kill $screen 2>/dev/null
  wait $screen 2>/dev/null
  rm -rf "$home"
}
trap finish EXIT
trap 'exit 130' INT TERM

# The font of the desktop the program is made for; without settings GTK would take any.
mkdir "$home/config/gtk-4.0"
printf '[Settings]\ngtk-font-name=Cantarell 11\n' >"$home/config/gtk-4.0/settings.ini"

unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS NO_AT_BRIDGE
DISPLAY=":$(cat "$home/number")"
export DISPLAY
export GDK_BACKEND=x11 GSK_RENDERER="${GSK_RENDERER:-cairo}" LIBGL_ALWAYS_SOFTWARE=1
export GSETTINGS_BACKEND=memory XDG_RUNTIME_DIR="$home"
export XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache"
export XDG_STATE_HOME="$home/state"
export GST_REGISTRY="${GST_REGISTRY:-$base/blendscope-gst-registry-$(id -u).bin}"
export MESA_SHADER_CACHE_DIR="${MESA_SHADER_CACHE_DIR:-$base/blendscope-mesa-$(id -u)}"
if [ -n "$manager" ]; then
  openbox --sm-disable >"$home/openbox.log" 2>&1 &
  manager=$!
fi
# What the bus starts writes to its output; that must not mix with COMMAND's.
dbus-run-session -- sh -c 'exec 1>&4 4>&-; exec "$@"' sh "$@" 4>&1 1>&2
