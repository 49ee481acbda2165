# RabbitMQ: the package of the system as a private node with its own port, name, cookie and data. Sourced by ./weft.

rabbitmq_find() {
    local dir
    for dir in /usr/lib/rabbitmq/bin /opt/homebrew/opt/rabbitmq/sbin /usr/local/opt/rabbitmq/sbin; do
        # The script of the package's library, not the wrapper in /usr/sbin: that one switches user and directory.
        if [ -x "$dir/rabbitmq-server" ]; then
            RABBITMQ_BIN=$dir
            return
        fi
    done
    return 1
}

rabbitmq_install() {
    rabbitmq_find && return
    apt_install rabbitmq-server 'the message broker' \
        || die 'RabbitMQ is missing: install it (Debian, Ubuntu: apt-get install rabbitmq-server; macOS: brew install rabbitmq), or name a running one in WEFT_RABBITMQ_URI'
    # The package starts a broker on the default port wherever a service manager runs; nobody asked for that one.
    if command -v systemctl >/dev/null; then
        systemctl disable --now rabbitmq-server >>"$LOGS/apt.log" 2>&1 || note 'the service of the package could not be switched off'
    fi
    rabbitmq_find || die 'the rabbitmq-server package has no /usr/lib/rabbitmq/bin/rabbitmq-server'
}

rabbitmq_version() {
    local dir
    for dir in "$(dirname "$RABBITMQ_BIN")"/lib/rabbitmq_server-*; do
        [ -d "$dir" ] && echo "${dir##*-}" && return
    done
    echo '?'
}

rabbitmq_epmd() {
    command -v epmd || die 'Erlang has no epmd in the PATH'
}

rabbitmq_configure() {
    local dir=$1
    mkdir -p "$dir/data" "$dir/log"
    # Erlang would invent a cookie of its own, from a weak source.
    if [ ! -f "$dir/.erlang.cookie" ]; then
        random_word 32 | write_secret "$dir/.erlang.cookie"
        chmod 400 "$dir/.erlang.cookie"
    fi
    write_secret "$dir/rabbitmq.conf" <<CONF
default_user = weft
default_pass = $WEFT_RABBITMQ_PASSWORD
vm_memory_high_watermark.absolute = $RABBITMQ_MEMORY
disk_free_limit.absolute = 256MB
# A worker may hold a message as long as a hundred slow steps before it take; the default of 30 minutes is too short.
consumer_timeout = 86400000
log.console = true
log.console.level = info
log.console.use_colors = off
log.connection.level = error
log.file = false
CONF
    echo '[].' | write_whole "$dir/enabled_plugins"
    echo '[].' | write_whole "$dir/advanced.config"
}

# Own epmd in the foreground, so that it can be stopped by its id; a default one would stay behind.
epmd_start() {
    launch epmd / "$(rabbitmq_epmd)" -address 127.0.0.1 -port "$PORT_EPMD"
    wait_until 10 port_open "$PORT_EPMD" || die "epmd does not answer on port $PORT_EPMD; './weft logs epmd' shows more"
}

# A broker of one node forgets a quorum queue, and what is in it, when it is killed within a few seconds of the queue's
# declaration: the registry of queues is written with a delay that no setting of RabbitMQ changes. So the node writes it
# every 20 ms when it has changed. (No blanks: RabbitMQ's script splits its arguments at them.)
RABBITMQ_FLUSH='spawn(fun()->F=fun(G)->[(catch(dets:sync(T)))||T<-dets:all()],timer:sleep(20),G(G)end,F(F)end).'

rabbitmq_start() {
    local dir=$WEFT_HOME/rabbitmq
    rabbitmq_configure "$dir"
    # RABBITMQ_ALLOW_INPUT lets the script become the Erlang machine instead of its parent: one process, one id.
    # Without busy waiting (+sbwt…) an idle broker costs no CPU, which matters where everything shares two cores.
    launch rabbitmq "$dir" env HOME="$dir" \
        ERL_EPMD_PORT="$PORT_EPMD" ERL_EPMD_ADDRESS=127.0.0.1 \
        RABBITMQ_ALLOW_INPUT=1 \
        RABBITMQ_CONF_ENV_FILE=/dev/null \
        RABBITMQ_NODENAME=weft@localhost \
        RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 \
        RABBITMQ_NODE_PORT="$PORT_AMQP" \
        RABBITMQ_DIST_PORT="$PORT_DIST" \
        RABBITMQ_MNESIA_BASE="$dir/data" \
        RABBITMQ_LOG_BASE="$dir/log" \
        RABBITMQ_CONFIG_FILE="$dir/rabbitmq.conf" \
        RABBITMQ_ADVANCED_CONFIG_FILE="$dir/advanced.config" \
        RABBITMQ_ENABLED_PLUGINS_FILE="$dir/enabled_plugins" \
        RABBITMQ_PID_FILE="$dir/rabbitmq.pid" \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-noinput -kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none '"-eval $RABBITMQ_FLUSH" \
        "$RABBITMQ_BIN/rabbitmq-server"
}

# Answers the AMQP greeting; the port alone opens a little earlier.
rabbitmq_ready() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$PORT_AMQP" || exit 1
        printf 'AMQP\0\0\011\001' >&3
        IFS= read -r -t 2 -n 1 frame <&3
        [ "$frame" = $'\001' ]
    ) 2>/dev/null
}
