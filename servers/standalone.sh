# All services in one JVM: built when sources changed, laid out once a build, with a trained AOT cache. Sourced by ./weft.

standalone_jar() {
    local jar
    for jar in "$ROOT"/standalone/target/standalone-*-exec.jar; do
        [ -f "$jar" ] && echo "$jar" && return
    done
    return 1
}

# The stamp, not the jar, is what sources are compared with: Maven leaves a jar alone whose content would not change.
build_is_current() {
    local stamp=$ROOT/standalone/target/weft-built
    if [ ! -f "$stamp" ] || ! standalone_jar >/dev/null || ! store_jar >/dev/null; then return 1; fi
    ! any_newer "$stamp" "$ROOT"/pom.xml "$ROOT"/*/pom.xml "$ROOT"/*/src/main
}

# any_newer <file> <source…>
any_newer() {
    local than=$1
    shift
    [ -n "$(find "$@" -newer "$than" -type f 2>/dev/null | head -n 1)" ]
}

# build <modules>: packages the modules and what they need; tests are not even compiled.
build() {
    find_maven
    (cd "$ROOT" && "$MAVEN" -B -ntp -Dmaven.test.skip=true -pl "$1" -am package) >"$LOGS/build.log" 2>&1 || {
        grep '^\[ERROR\]' "$LOGS/build.log" | head -n 20 >&2
        die "the build failed; $LOGS/build.log has all of it"
    }
}

build_if_needed() {
    local begin
    if build_is_current; then return; fi
    begin=$(now_ms)
    note 'building (the first time this also downloads libraries)'
    mkdir -p "$ROOT/standalone/target"
    touch "$ROOT/standalone/target/weft-building"
    build standalone,embedded-store,bench
    mv -f "$ROOT/standalone/target/weft-building" "$ROOT/standalone/target/weft-built"
    stage "$begin" build 'done'
}

# The jar unpacked into the cache, in a directory named after its content: starts faster than the fat jar, can have an
# AOT cache, and stays complete under a running JVM when the next build replaces the jar.
standalone_layout() {
    local jar key
    jar=$(standalone_jar) || die 'standalone is not built'
    key=$(cksum <"$jar" | cut -d ' ' -f 1)-$(fingerprint "$("$JAVA_HOME/bin/java" -version 2>&1) $STANDALONE_JAVA_OPTS")
    STANDALONE_DIR=$WEFT_CACHE/standalone/$key
    # Used now, whatever else is built before it starts.
    touch -c "$STANDALONE_DIR" 2>/dev/null || true
    [ -f "$STANDALONE_DIR/complete" ] && return
    lock_cache
    if [ ! -f "$STANDALONE_DIR/complete" ]; then
        standalone_forget_old
        rm -rf "$STANDALONE_DIR"
        mkdir -p "$STANDALONE_DIR"
        (cd "$STANDALONE_DIR" && "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$jar" extract --destination . --force) >>"$LOGS/build.log" 2>&1 \
            || die "$jar could not be unpacked; $LOGS/build.log says why"
        mv "$STANDALONE_DIR"/standalone-*.jar "$STANDALONE_DIR/standalone.jar"
        touch "$STANDALONE_DIR/complete"
    fi
    unlock "$CACHE_LOCK"
}

# Keeps the two layouts used last, and all from which an installation runs: a JVM reads its classes until its end.
standalone_forget_old() {
    local dir
    mkdir -p "$WEFT_CACHE/standalone"
    # shellcheck disable=SC2012 # names are digits
    ls -1t "$WEFT_CACHE/standalone" | tail -n +3 | while read -r dir; do
        standalone_in_use "$WEFT_CACHE/standalone/$dir" || rm -rf "${WEFT_CACHE:?}/standalone/$dir"
    done
}

# standalone_in_use <layout>: a home that has noted itself there runs it, or its supervisor will start it again from there.
standalone_in_use() {
    local home run
    for home in "$1"/homes/*; do
        run=$(cat "$home" 2>/dev/null) || continue
        if [ -f "$run/standalone.pid" ] && [ "$(cat "$run/standalone.dir" 2>/dev/null)" = "$1" ]; then return; fi
    done
    return 1
}

standalone_environment() {
    export WEFT_PORT=$BASE WEFT_PUBLIC_URL=${WEFT_PUBLIC_URL:-http://localhost:$BASE}
    export WEFT_GATEWAY_MANAGEMENT_PORT=$((BASE + 10))
    export WEFT_IDENTITY_PORT=$((BASE + 1)) WEFT_IDENTITY_URL=http://127.0.0.1:$((BASE + 1)) WEFT_IDENTITY_MANAGEMENT_PORT=$((BASE + 11))
    export WEFT_WORKSPACE_PORT=$((BASE + 2)) WEFT_WORKSPACE_URL=http://127.0.0.1:$((BASE + 2)) WEFT_WORKSPACE_MANAGEMENT_PORT=$((BASE + 12))
    export WEFT_REGISTRY_PORT=$((BASE + 3)) WEFT_REGISTRY_URL=http://127.0.0.1:$((BASE + 3)) WEFT_REGISTRY_MANAGEMENT_PORT=$((BASE + 13))
    export WEFT_FLOW_PORT=$((BASE + 4)) WEFT_FLOW_URL=http://127.0.0.1:$((BASE + 4)) WEFT_FLOW_MANAGEMENT_PORT=$((BASE + 14))
    export WEFT_EXECUTION_PORT=$((BASE + 5)) WEFT_EXECUTION_URL=http://127.0.0.1:$((BASE + 5)) WEFT_EXECUTION_MANAGEMENT_PORT=$((BASE + 15))
    export WEFT_BOOTSTRAP_FILE=$WEFT_HOME/credentials.json WEFT_MAIL_DIR=${WEFT_MAIL_DIR:-$WEFT_HOME/mail}
    mkdir -p "$WEFT_MAIL_DIR"
}

# standalone_launch <java option…>: from its own directory, since the AOT cache holds for that path alone.
standalone_launch() {
    local home
    home=$STANDALONE_DIR/homes/$(fingerprint "$RUN")
    # Where nothing can be written nobody forgets old layouts either.
    if [ ! -f "$home" ] && [ -w "$STANDALONE_DIR" ]; then
        mkdir -p "$STANDALONE_DIR/homes"
        echo "$RUN" | write_whole "$home"
    fi
    echo "$STANDALONE_DIR" | write_whole "$RUN/standalone.dir"
    # shellcheck disable=SC2086 # a list of options
    launch standalone "$STANDALONE_DIR" "$JAVA_HOME/bin/java" "$@" $STANDALONE_JAVA_OPTS \
        --enable-native-access=ALL-UNNAMED -XX:+ExitOnOutOfMemoryError \
        -jar "$STANDALONE_DIR/standalone.jar"
}

standalone_start() {
    if [ -f "$STANDALONE_DIR/standalone.aot" ]; then
        standalone_launch "-XX:AOTCache=$STANDALONE_DIR/standalone.aot"
    else
        standalone_launch
    fi
}

# After a build the first run is a rehearsal: it leaves an AOT cache that halves the time of all later starts. The
# installation's own servers are used; what the rehearsal writes (first tenant, realm) is what any first start writes.
standalone_train() {
    [ ! -f "$STANDALONE_DIR/standalone.aot" ] || return 0
    local begin cache
    begin=$(now_ms)
    note 'training standalone (once a build)'
    # A name of this installation: another may rehearse the same build at the same time.
    cache=$STANDALONE_DIR/rehearsal-$(fingerprint "$RUN").aot
    rm -f "$cache"
    touch "$RUN/rehearsal"
    standalone_launch "-XX:AOTCacheOutput=$cache" -Xlog:aot=error
    await standalone "$START_SECONDS" "$begin" 'started for training' standalone_ready
    begin=$(now_ms)
    stop standalone 120
    rm -f "$RUN/rehearsal"
    if [ -f "$cache" ]; then
        mv -f "$cache" "$STANDALONE_DIR/standalone.aot"
        stage "$begin" standalone 'trained'
    else
        note "no AOT cache came out of it ($LOGS/standalone.log); starts stay slower"
    fi
}

# Ready means: each service says so on its management port, and the identifiers in credentials.json are filled in.
standalone_ready() {
    local offset
    for offset in 10 11 12 13 14 15; do
        http_ok $((BASE + offset)) /actuator/health/readiness || return 1
    done
    grep -q '"workspace_id" *: *"' "$WEFT_HOME/credentials.json"
}
