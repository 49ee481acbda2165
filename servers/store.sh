# The embedded document store as a process of its own. Sourced by ./weft.

store_jar() {
    local jar
    for jar in "$ROOT"/embedded-store/target/embedded-store-*-exec.jar; do
        [ -f "$jar" ] && echo "$jar" && return
    done
    return 1
}

# The jar of any build will do, also of Maven's own, as long as it, or the stamp of a build that left it alone, is newer
# than the store's sources.
store_build_if_needed() {
    local jar stamp=$ROOT/embedded-store/target/weft-built built
    if jar=$(store_jar); then
        for built in "$stamp" "$jar"; do
            if [ -f "$built" ] && ! any_newer "$built" "$ROOT/pom.xml" "$ROOT/embedded-store/pom.xml" "$ROOT/embedded-store/src/main"; then
                return
            fi
        done
    fi
    # What is changed while it builds is newer than the stamp.
    mkdir -p "$ROOT/embedded-store/target"
    touch "$ROOT/embedded-store/target/weft-building"
    build embedded-store
    mv -f "$ROOT/embedded-store/target/weft-building" "$stamp"
}

# The jar is copied first: a build must not replace the one that a running store reads its classes from.
store_start() {
    local dir=$WEFT_HOME/store jar
    jar=$(store_jar) || die 'the embedded store is not built'
    mkdir -p "$dir"
    chmod 700 "$dir"
    write_whole "$dir/embedded-store.jar" <"$jar"
    # shellcheck disable=SC2086 # a list of options
    WEFT_STORE_FILE=$dir/weft.store WEFT_STORE_HOST=127.0.0.1 WEFT_STORE_PORT=$PORT_STORE \
        launch store "$dir" "$JAVA_HOME/bin/java" $STORE_JAVA_OPTS --enable-native-access=ALL-UNNAMED -XX:+ExitOnOutOfMemoryError \
        -jar "$dir/embedded-store.jar"
}

store_ready() {
    port_open "$PORT_STORE"
}
