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
        read -r times last <"$RUN/$part.restarts"
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

# look_after <dead part>: starts it when its pause is over and no other ./weft is at work.
look_after() {
    local part=$1 now=$(($(now_ms) / 1000)) deaths=0 due=0
    ! [ -f "$RUN/$part.deaths" ] || read -r deaths due <"$RUN/$part.deaths"
    if [ "$due" = 0 ]; then
        [ $((now - $(last_start "$part"))) -lt "$SUPERVISOR_FORGETS" ] || deaths=0
        due=$((now + $(supervisor_pause "$deaths")))
        deaths=$((deaths + 1))
        echo "$deaths $due" >"$RUN/$part.deaths"
        echo "$(utc) $part is dead and will be started again in $((due - now)) s"
    fi
    if [ "$now" -lt "$due" ] || ! try_lock "$HOME_LOCK" "$RUN"; then return; fi
    # Whoever had the lock may have started it, or stopped all in order.
    if died "$part"; then
        (revive "$part") || echo "$(utc) $part could not be started"
        count_restart "$part"
    fi
    echo "$deaths 0" >"$RUN/$part.deaths"
    unlock "$HOME_LOCK"
}

supervisor_pause() {
    local last=$((${#SUPERVISOR_PAUSES[@]} - 1))
    echo "${SUPERVISOR_PAUSES[$(($1 < last ? $1 : last))]}"
}

last_start() {
    stat -c %Y "$RUN/$1.pid" 2>/dev/null || stat -f %m "$RUN/$1.pid"
}

count_restart() {
    local times=0 last
    ! [ -f "$RUN/$1.restarts" ] || read -r times last <"$RUN/$1.restarts"
    echo "$((times + 1)) $(utc)" >"$RUN/$1.restarts"
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
