# What every part needs: words to the user, ports, processes by id, probes, secrets. Sourced by ./weft.

# ---- words -------------------------------------------------------------------------------------------------

die() {
    printf 'weft: %s\n' "$*" >&2
    exit 1
}

note() {
    printf '         %s\n' "$*"
}

now_ms() {
    if [ -n "${EPOCHREALTIME-}" ]; then
        local t=${EPOCHREALTIME/[.,]/}
        echo "${t%???}"
    else
        echo "$(date +%s)000"
    fi
}

# stage <begin in ms> <name> <text>: one progress line, with the time the stage took.
stage() {
    local took=$(($(now_ms) - $1))
    printf '%5d.%ds  %-11s %s\n' $((took / 1000)) $((took % 1000 / 100)) "$2" "$3"
}

# ---- probes ------------------------------------------------------------------------------------------------
# /dev/tcp of bash, since neither curl nor nc can be counted on.

port_open() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# http_status <port> <path>: the status code, or nothing when no one answers within 5 s.
http_status() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 0
        printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\n\r\n' "$2" "$1" >&3
        IFS=' ' read -r -t 5 _ code _ <&3 && printf '%s' "$code"
    ) 2>/dev/null
}

http_ok() {
    [ "$(http_status "$1" "$2")" = 200 ]
}

# wait_until <seconds> <command…>: repeats a cheap probe; false when the time is over.
wait_until() {
    local end=$(($(now_ms) + $1 * 1000))
    shift
    until "$@"; do
        [ "$(now_ms)" -lt "$end" ] || return 1
        sleep 0.2
    done
}

# ---- processes ---------------------------------------------------------------------------------------------
# $RUN/<part>.pid holds "<pid> <when that process started>", so that a recycled pid is never taken for ours.

# started_at <pid>: empty when there is no such process, or only its zombie.
started_at() {
    local stat
    if [ -r /proc/self/stat ]; then
        { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
        # The second field is a name in brackets that may hold blanks; the third is the state, the 22nd the start.
        stat=${stat##*) }
        # shellcheck disable=SC2086 # split into fields
        set -- $stat
        [ "$1" = Z ] || printf '%s' "${20}"
    else
        LC_ALL=C ps -o stat= -o lstart= -p "$1" 2>/dev/null | sed -n '/^Z/!s/^[^ ]* *//p'
    fi
}

pid_of() {
    local pid since
    [ -f "$RUN/$1.pid" ] || return 1
    read -r pid since <"$RUN/$1.pid" || return 1
    [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ] && printf '%s' "$pid"
}

is_alive() {
    pid_of "$1" >/dev/null
}

# launch <part> <directory> <command…>: starts a process that outlives this script; its output goes to its log.
launch() {
    local part=$1 dir=$2 log="$LOGS/$1.log" begun
    shift 2
    if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt "$LOG_BYTES" ]; then
        mv -f "$log" "$log.1"
    fi
    # The shell that becomes the process writes its own id down first: what could not be found again must not run, or
    # `down` would leave it behind and the supervisor would start a second one. The pipe to us ends with its exec.
    begun=$(
        (
            trap '' HUP
            cd "$dir" || exit 1
            note_process "$part" "$(exec sh -c 'echo "$PPID"')" || exit 1
            echo yes
            exec "$@" >&2 </dev/null 8>&- 9>&-
        ) 2>>"$log" &
    )
    [ -n "$begun" ] || die "$part is not started: $RUN/$part.pid can not be written, or there is no $dir"
}

# note_process <part> <pid>
note_process() {
    local since
    since=$(started_at "$2")
    [ -n "$since" ] && echo "$2 $since" | write_whole "$RUN/$1.pid"
}

# stop <part> [seconds]: asks, waits, and kills what does not listen. By process id alone.
stop() {
    local part=$1 patience=${2:-30} pid
    if pid=$(pid_of "$part"); then
        kill -TERM "$pid" 2>/dev/null || true
        if ! wait_until "$patience" is_dead "$part"; then
            note "$part (pid $pid) did not stop within $patience s and is killed"
            kill -KILL "$pid" 2>/dev/null || true
            wait_until 5 is_dead "$part" || true
        fi
    fi
    # On a disk that is read-only by now the other parts are to be stopped all the same.
    rm -f "$RUN/$part.pid" || true
}

is_dead() {
    ! is_alive "$1"
}

# await <part> <seconds> <begin in ms> <text> <probe…>: fails at once when the process dies.
await() {
    local part=$1 seconds=$2 begin=$3 text=$4
    shift 4
    if wait_until "$seconds" answered_or_dead "$part" "$@" && "$@"; then
        stage "$begin" "$part" "$text"
        return
    fi
    printf -- '--- the end of %s\n' "$LOGS/$part.log" >&2
    tail -n 30 "$LOGS/$part.log" | cut -c 1-300 >&2 || true
    if is_alive "$part"; then
        die "$part did not answer within $seconds s; './weft logs $part' shows more"
    fi
    die "$part stopped before it answered; './weft logs $part' shows more"
}

answered_or_dead() {
    local part=$1
    shift
    "$@" || is_dead "$part"
}

# ---- locks -------------------------------------------------------------------------------------------------
# At most one ./weft works on a home, and one on the cache. The system keeps the lock with the open file: it ends with
# its holder, however that ends, and once the file is there it asks nothing of a disk that is full or read-only.

# Descriptors, since the bash of macOS can not choose them itself. What outlives ./weft must be started without them.
HOME_LOCK=8
CACHE_LOCK=9

# try_lock <descriptor> <directory>: 1 when another process has it, something else when nobody can.
try_lock() {
    local file=$2/weft.lock
    # Reading is enough where nothing can be written.
    { eval "exec $1<>\"\$file\"" || eval "exec $1<\"\$file\""; } 2>/dev/null || return 2
    if command -v flock >/dev/null; then
        flock -n "$1" || return
    else
        # macOS has no flock; the lock is that of the open file, so it outlives the program that takes it.
        perl -MFcntl=:flock -e 'open(my $file, "<&=", $ARGV[0]) or exit 2;
            flock($file, LOCK_EX | LOCK_NB) or exit($!{EWOULDBLOCK} ? 1 : 2)' "$1" || return
    fi
    # For those who wait; the lock holds without it.
    { echo "$$ $(started_at $$)" >"$file"; } 2>/dev/null || true
}

# lock <descriptor> <directory>: waits for whoever has it and says who that is; false when it can not be had.
lock() {
    local code holder said=
    while true; do
        code=0
        try_lock "$1" "$2" || code=$?
        [ "$code" != 0 ] || return 0
        if [ "$code" != 1 ]; then
            printf 'weft: %s can not be locked\n' "$2/weft.lock" >&2
            return 1
        fi
        holder=$(lock_holder "$2")
        [ "$holder" = "$said" ] || note "waiting for $holder"
        said=$holder
        sleep 0.2
    done
}

lock_holder() {
    local owner since
    { read -r owner since <"$1/weft.lock"; } 2>/dev/null || owner=
    if [ -z "$owner" ]; then
        echo 'another ./weft (pid unknown)'
    elif [ "$(started_at "$owner")" = "$since" ]; then
        echo "another ./weft (pid $owner)"
    else
        echo "the end of what a ./weft that is gone (pid $owner) had begun"
    fi
}

unlock() {
    eval "exec $1>&-"
}

# ---- ports -------------------------------------------------------------------------------------------------

# claim_port <part> <port> <what for>: a clear error that names the port when someone else has it.
claim_port() {
    port_open "$2" || return 0
    # The system takes a moment to take the ports of a killed process back.
    if [ -f "$RUN/$1.pid" ] && wait_until 10 port_free "$2"; then return; fi
    die "port $2 (for $3) is taken by another process; free it, or choose others with ./weft up --port N"
}

port_free() {
    ! port_open "$1"
}

# free_base: a port from which all offsets that an installation uses are free.
free_base() {
    local base offset try
    for ((try = 0; try < 200; try++)); do
        base=$((20000 + RANDOM % 200 * 50))
        for offset in 0 1 2 3 4 5 10 11 12 13 14 15 20 21 22 30 31 40; do
            ! port_open $((base + offset)) || continue 2
        done
        echo "$base"
        return
    done
    die 'found no range of free ports between 20000 and 30000'
}

# ---- files -------------------------------------------------------------------------------------------------

# write_whole <file>: standard input, there completely or not at all: a full disk cuts what is written in place.
write_whole() {
    if cat >"$1.new" && mv -f "$1.new" "$1"; then return; fi
    rm -f "$1.new"
    printf 'weft: %s could not be written\n' "$1" >&2
    return 1
}

# write_secret <file>: the same, readable by the owner alone.
write_secret() {
    (umask 077 && write_whole "$1")
}

# ---- secrets -----------------------------------------------------------------------------------------------

random_base64() {
    head -c "$1" /dev/urandom | base64 | tr -d '\n'
}

# random_word <letters>: letters and digits only, so that it needs no quoting anywhere.
random_word() {
    local word=
    while [ ${#word} -lt "$1" ]; do
        word=$word$(head -c 64 /dev/urandom | base64 | tr -dc 'A-Za-z0-9')
    done
    printf '%s' "${word:0:$1}"
}

# ---- what must be on the machine ---------------------------------------------------------------------------

# apt_install <package> <what for>: on Debian and Ubuntu as root; elsewhere the caller says what to do.
apt_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    note "installing $1 with apt-get, for $2"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o DPkg::Lock::Timeout=300 update >>"$LOGS/apt.log" 2>&1 \
        || note "apt-get update failed ($LOGS/apt.log); trying with the lists that are there"
    # Without our locks: the package may start a service that stays.
    apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$1" >>"$LOGS/apt.log" 2>&1 </dev/null 8>&- 9>&- \
        || die "apt-get could not install $1; $LOGS/apt.log says why"
}

# share_of_memory <divisor> <least> <most>: that part of the machine's memory in MiB, of a container's when it has less.
share_of_memory() {
    local mib limit
    mib=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null || true)
    if [ -n "$mib" ]; then
        mib=$((mib / 1024))
    else
        mib=$(($(sysctl -n hw.memsize 2>/dev/null || echo 0) / 1048576))
    fi
    limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || true)
    case $limit in
        '' | max | *[!0-9]*) ;;
        *) [ $((limit / 1048576)) -ge "$mib" ] || mib=$((limit / 1048576)) ;;
    esac
    mib=$((mib / $1))
    if [ "$mib" -lt "$2" ]; then mib=$2; fi
    if [ "$mib" -gt "$3" ]; then mib=$3; fi
    echo "$mib"
}

java_major() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# find_jdk: sets JAVA_HOME to a JDK 25 (or newer): the one named, the one in the PATH, then the usual folders.
find_jdk() {
    local home on_path=
    if command -v javac >/dev/null; then
        on_path=$(readlink -f "$(command -v javac)" 2>/dev/null || true)
        on_path=${on_path%/bin/javac}
    fi
    for home in "${JAVA_HOME-}" "$on_path" /usr/lib/jvm/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/.sdkman/candidates/java/*; do
        if [ -x "$home/bin/javac" ] && [ "$(java_major "$home")" -ge 25 ] 2>/dev/null; then
            export JAVA_HOME=$home
            return
        fi
    done
    die 'no JDK 25 found: install one (for instance Temurin 25) and set JAVA_HOME to it, or put its javac into the PATH'
}

find_maven() {
    MAVEN=${MAVEN:-mvn}
    command -v "$MAVEN" >/dev/null && return
    # Whoever names a repository for ./mvnw wants it used.
    if [ -n "${MVNW_REPOURL-}" ]; then
        MAVEN=$ROOT/mvnw
        return
    fi
    apt_install maven 'the build' || die 'Maven is missing: install Maven 3.8.7 or newer so that mvn is in the PATH, or set MVNW_REPOURL to a Maven repository for ./mvnw'
}

# project_version <property>: a version from the parent pom, the only place that has them.
project_version() {
    sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$ROOT/pom.xml" | head -n 1
}

# fingerprint <text…>: short and stable, for names of directories in the cache.
fingerprint() {
    printf '%s' "$*" | cksum | cut -d ' ' -f 1
}
