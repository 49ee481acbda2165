package dev.weft.registry.component;

/** {@code filter[access]} of the components of a contract. */
enum ComponentSelection {
    /** Those of the contract itself. */
    PRIVATE,
    /** Shared ones of others. */
    PUBLIC,
    ALL
}
