package dev.weft.common.crypto;

import com.fasterxml.jackson.annotation.JsonIgnoreType;
import java.util.function.Supplier;

/** A value that must not be shown: {@code toString} masks it and JSON leaves it out. */
@JsonIgnoreType
public final class Secret {

    private final Supplier<String> value;

    public Secret(String value) {
        this(() -> value);
    }

    private Secret(Supplier<String> value) {
        this.value = value;
    }

    /** One that is unlocked each time when it is revealed, and so not at all in a list, which shows none. */
    public static Secret locked(Supplier<String> unlock) {
        return new Secret(unlock);
    }

    /** The value itself, for the one who needs it. */
    public String reveal() {
        return value.get();
    }

    @Override
    public String toString() {
        return "******";
    }
}
