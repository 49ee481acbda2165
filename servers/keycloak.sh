# Keycloak: its Maven distribution, prepared once a machine (in $WEFT_CACHE), with a store of its own for each installation. Sourced by ./weft.

# What is fixed by `kc.sh build`. A change gives the prepared directory another name.
KEYCLOAK_BUILD=(--db=dev-file --health-enabled=true --cache=local --http-relative-path=/auth --features=organization)

# The file is protected by its directory's mode; H2 wants some name and password all the same.
KEYCLOAK_DB_USER=keycloak
KEYCLOAK_DB_PASSWORD=keycloak

keycloak_version() {
    project_version keycloak.version
}

keycloak_locate() {
    local key
    key=$(fingerprint "${KEYCLOAK_BUILD[*]} $("$JAVA_HOME/bin/java" -version 2>&1) layout 1")
    KEYCLOAK_DIR=$WEFT_CACHE/keycloak-$(keycloak_version)-$key
    KEYCLOAK_DIST=$KEYCLOAK_DIR/keycloak-$(keycloak_version)
}

keycloak_prepared() {
    [ -f "$KEYCLOAK_DIR/prepared" ]
}

# Downloads, builds, trains and initialises; about a minute, once a machine.
keycloak_prepare() {
    keycloak_locate
    ! keycloak_prepared || return 0
    lock_cache
    if ! keycloak_prepared; then
        local begin
        begin=$(now_ms)
        note "preparing Keycloak $(keycloak_version) in $KEYCLOAK_DIR (once a machine)"
        # Of a preparation that was killed; nobody would find it without the file that goes now.
        RUN=$KEYCLOAK_DIR stop keycloak-prepare
        rm -rf "$KEYCLOAK_DIR"
        mkdir -p "$KEYCLOAK_DIR"
        keycloak_unpack
        keycloak_build
        keycloak_initialise
        touch "$KEYCLOAK_DIR/prepared"
        stage "$begin" keycloak 'prepared'
    fi
    unlock "$CACHE_LOCK"
}

keycloak_unpack() {
    find_maven
    (cd "$ROOT" && "$MAVEN" -q -N dependency:unpack \
        -Dartifact="org.keycloak:keycloak-quarkus-dist:$(keycloak_version):zip" \
        -DoutputDirectory="$KEYCLOAK_DIR" -Dmdep.overWriteReleases=true) >>"$LOGS/keycloak-prepare.log" 2>&1 \
        || die "the Keycloak distribution could not be fetched; $LOGS/keycloak-prepare.log says why"
}

keycloak_build() {
    bash "$KEYCLOAK_DIST/bin/kc.sh" build "${KEYCLOAK_BUILD[@]}" >>"$LOGS/keycloak-prepare.log" 2>&1 \
        || die "Keycloak could not be built; $LOGS/keycloak-prepare.log says why"
}

# One run leaves both the AOT cache of the JVM (start in 5 s instead of 12) and a store with all tables. The rows are
# then deleted: each installation gets its own realm keys and its own administrator when it first starts on a copy.
keycloak_initialise() {
    (
        RUN=$KEYCLOAK_DIR
        # Also when it is interrupted: no other command knows of this process.
        trap 'stop keycloak-prepare' EXIT
        port=$(free_base)
        WEFT_KEYCLOAK_ADMIN_PASSWORD='' keycloak_launch keycloak-prepare "$KEYCLOAK_DIR/store" "$port" $((port + 1)) '' \
            -XX:AOTCacheOutput="$KEYCLOAK_DIR/keycloak.aot"
        wait_until 180 http_ok $((port + 1)) /auth/health/ready \
            || die "Keycloak did not start; $LOGS/keycloak-prepare.log says why"
        stop keycloak-prepare 120
    )
    keycloak_empty_store || die "the store of Keycloak could not be emptied; $LOGS/keycloak-prepare.log says why"
}

keycloak_empty_store() {
    local deletes
    deletes=$(keycloak_sql "SELECT 'DELETE FROM PUBLIC.\"' || TABLE_NAME || '\";' FROM INFORMATION_SCHEMA.TABLES
        WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_TYPE = 'BASE TABLE' AND TABLE_NAME NOT LIKE 'DATABASECHANGELOG%'" \
        | grep -o '^DELETE FROM[^;]*;') || return 1
    keycloak_sql "SET REFERENTIAL_INTEGRITY FALSE; $deletes SET REFERENTIAL_INTEGRITY TRUE" >/dev/null
}

keycloak_sql() {
    "$JAVA_HOME/bin/java" -cp "$(echo "$KEYCLOAK_DIST"/lib/lib/main/com.h2database.h2-*.jar)" org.h2.tools.Shell \
        -url "jdbc:h2:file:$KEYCLOAK_DIR/store/keycloak;NON_KEYWORDS=VALUE" \
        -user "$KEYCLOAK_DB_USER" -password "$KEYCLOAK_DB_PASSWORD" -sql "$1" 2>>"$LOGS/keycloak-prepare.log"
}

# keycloak_launch <part> <store directory> <http port> <management port> <public address or empty> <java option>
# The JVM itself rather than kc.sh, which stays as its parent: a kill of the script would leave the server behind.
keycloak_launch() {
    local part=$1 store=$2 http=$3 management=$4 public=$5 option=$6
    local hostname=(--hostname-strict=false)
    [ -z "$public" ] || hostname=(--hostname="$public/auth")
    local admin=()
    [ -z "$WEFT_KEYCLOAK_ADMIN_PASSWORD" ] || admin=(
        KC_BOOTSTRAP_ADMIN_USERNAME="$WEFT_KEYCLOAK_ADMIN_USER" KC_BOOTSTRAP_ADMIN_PASSWORD="$WEFT_KEYCLOAK_ADMIN_PASSWORD")
    mkdir -p "$store"
    chmod 700 "$store"
    # WRITE_DELAY=0: without it H2 acknowledges up to half a second of commits that a kill then loses.
    launch "$part" "$KEYCLOAK_DIST" env "${admin[@]+"${admin[@]}"}" \
        KC_DB_USERNAME="$KEYCLOAK_DB_USER" KC_DB_PASSWORD="$KEYCLOAK_DB_PASSWORD" \
        "$JAVA_HOME/bin/java" "$option" \
        -Xms64m "-Xmx$KEYCLOAK_HEAP" -XX:MetaspaceSize=96M -XX:MaxMetaspaceSize=256m -XX:+UseG1GC -XX:+ExitOnOutOfMemoryError \
        -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Duser.language=en -Duser.country=US \
        --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED \
        --add-opens=java.base/java.security=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
        --enable-native-access=ALL-UNNAMED \
        -Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory \
        -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
        -Dkc.home.dir="$KEYCLOAK_DIST" -Djboss.server.config.dir="$KEYCLOAK_DIST/conf" \
        -Dpicocli.disable.closures=true -Dquarkus-log-max-startup-records=10000 \
        -cp "$KEYCLOAK_DIST/lib/quarkus-run.jar" io.quarkus.bootstrap.runner.QuarkusEntryPoint \
        start --optimized --cache=local --http-enabled=true --http-host=127.0.0.1 --http-port="$http" \
        --http-management-port="$management" --proxy-headers=xforwarded "${hostname[@]}" --log-level=warn,org.keycloak.services:info,io.quarkus:info \
        --db-url="jdbc:h2:file:$store/keycloak;NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0"
}

# keycloak_start [public address]: without one the issuer follows the address of the request, as tests want it.
keycloak_start() {
    local store=$WEFT_HOME/keycloak
    # The administrator is made right after the master realm. A kill between the two would leave a realm that nobody
    # can enter, and so would nothing else that is worth keeping: begin again.
    if [ -f "$store/keycloak.mv.db" ] && [ ! -f "$store/initialised" ]; then
        if grep -q 'KC-SERVICES0077' "$LOGS/keycloak.log" 2>/dev/null; then
            touch "$store/initialised"
        else
            rm -f "$store"/keycloak.*
        fi
    fi
    if [ ! -f "$store/keycloak.mv.db" ]; then
        mkdir -p "$store"
        : >"$LOGS/keycloak.log"
        write_whole "$store/keycloak.mv.db" <"$KEYCLOAK_DIR/store/keycloak.mv.db"
    fi
    keycloak_launch keycloak "$store" "$PORT_KEYCLOAK" "$PORT_KEYCLOAK_MANAGEMENT" "${1-}" \
        -XX:AOTCache="$KEYCLOAK_DIR/keycloak.aot"
}

keycloak_ready() {
    http_ok "$PORT_KEYCLOAK_MANAGEMENT" /auth/health/ready || return 1
    [ ! -d "$WEFT_HOME/keycloak" ] || touch "$WEFT_HOME/keycloak/initialised"
}
