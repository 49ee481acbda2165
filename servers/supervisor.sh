# Starts a dead part again, with growing pauses: a process of its own that `up` leaves behind. Sourced by ./weft.

# Seconds until a part that died again and again is started; one that lived for ten minutes begins anew.
SUPERVISOR_PAUSES=(0 2 5 10 30 60)
SUPERVISOR_FORGETS=600

# What the process is told of the user's own servers is what `up` was told, not what this script has exported since.
supervisor_start() {
    [ "${WEFT_SUPERVISOR:-on}" != off ] || return 0
    is_dead supervisor || return 0
    launch supervisor "$ROOT" env WEFT_MONGODB_URI="$OWN_MONGODB" WEFT_RABBITMQ_URI="$OWN_RABBITMQ" \
        WEFT_KEYCLOAK_URL="$OWN_KEYCLOAK" "$ROOT/weft" supervise
}

# Says what had to be started again since the installation came up; false when nobody looks after the parts.
supervisor_status() {
    local part times last
    for part in "${PARTS[@]}"; do
        [ -f "$RUN/$part.restarts" ] || continue
        read -r times last <"$RUN/$part.restarts" || continue
        echo "$part died and was started again, $times in all, last at $last; './weft logs $part' shows why"
    done
    if [ "${WEFT_SUPERVISOR:-on}" != off ] && anything_runs && is_dead supervisor; then
        echo "nobody starts a dead part again; './weft up' brings the supervisor back"
        return 1
    fi
}

# supervise: looks once a second; ends when it is stopped, or when its home is gone.
cmd_supervise() {
    note_own_servers
    use_home
    use_port "$(saved_port)"
    find_jdk
    load_secrets
    server_environment
    standalone_environment
    # The version that runs, also when a build has put another one beside it since.
    STANDALONE_DIR=$(cat "$RUN/standalone.dir")
    ! wanted keycloak || keycloak_locate
    ! wanted rabbitmq || rabbitmq_find
    local part
    for part in "${PARTS[@]}"; do recall_deaths "$part"; done
    while [ -d "$RUN" ]; do
        for part in "${PARTS[@]}"; do
            if wanted "$part" && died "$part"; then look_after "$part"; fi
        done
        sleep 1
    done
}

# A part that was stopped in order has no file with its process id.
died() {
    [ -f "$RUN/$1.pid" ] && is_dead "$1"
}

# DEATHS_<part> and DUE_<part> count in memory, so that pauses grow on a full disk too. The file is for the next supervisor.
recall_deaths() {
    local deaths
    { read -r deaths _ <"$RUN/$1.deaths"; } 2>/dev/null || deaths=0
    printf -v "DEATHS_$1" %s "$deaths"
    printf -v "DUE_$1" %s 0
}

# look_after <dead part>: starts it when its pause is over and no other ./weft is at work.
look_after() {
    local part=$1 now=$(($(now_ms) / 1000)) deaths=DEATHS_$1 due=DUE_$1 last
    deaths=${!deaths} due=${!due}
    if [ "$due" = 0 ]; then
        last=$(last_start "$part") || return 0
        [ $((now - last)) -lt "$SUPERVISOR_FORGETS" ] || deaths=0
        due=$((now + $(supervisor_pause "$deaths")))
        deaths=$((deaths + 1))
        printf -v "DEATHS_$part" %s "$deaths"
        printf -v "DUE_$part" %s "$due"
        echo "$deaths" | write_whole "$RUN/$part.deaths" || true
        say "$part is dead and will be started again in $((due - now)) s"
    fi
    [ "$now" -ge "$due" ] || return 0
    try_lock "$HOME_LOCK" "$RUN" || return 0
    # Whoever had the lock may have started it, or stopped all in order.
    if died "$part"; then
        # Not `revive || …`: that would have it go on after a command that failed, with files that are cut.
        local code
        set +e
        (set -e; revive "$part")
        code=$?
        set -e
        if [ "$code" = 0 ]; then count_restart "$part"; else say "$part could not be started"; fi
    fi
    printf -v "DUE_$part" %s 0
    unlock "$HOME_LOCK"
}

supervisor_pause() {
    local last=$((${#SUPERVISOR_PAUSES[@]} - 1))
    echo "${SUPERVISOR_PAUSES[$(($1 < last ? $1 : last))]}"
}

last_start() {
    stat -c %Y "$RUN/$1.pid" 2>/dev/null || stat -f %m "$RUN/$1.pid" 2>/dev/null
}

count_restart() {
    local times
    { read -r times _ <"$RUN/$1.restarts"; } 2>/dev/null || times=0
    echo "$((times + 1)) $(utc)" | write_whole "$RUN/$1.restarts" || true
}

# A log that can not be written ends nothing.
say() {
    echo "$(utc) $*" || true
}

utc() {
    date -u +%Y-%m-%dT%H:%M:%SZ
}

revive() {
    case $1 in
        epmd) epmd_start ;;
        rabbitmq)
            # It writes its name into epmd, so that one must be there first.
            is_alive epmd || epmd_start
            rabbitmq_start
            ;;
        keycloak) keycloak_start "$WEFT_PUBLIC_URL" ;;
        store) store_start ;;
        standalone) standalone_start ;;
    esac
}
