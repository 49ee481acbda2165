package dev.weft.common.crypto;

import com.fasterxml.jackson.annotation.JsonIgnoreType;

/** A value that must not be shown: {@code toString} masks it and JSON leaves it out. */
@JsonIgnoreType
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The value itself, for the one who needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "******";
    }
}
