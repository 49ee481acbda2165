package dev.weft.registry.component;

/** The values of {@code filter[access]} in a contract's list of components. */
enum ComponentSelection {
    /** Those of the contract itself. */
    PRIVATE,
    /** Shared ones of others. */
    PUBLIC,
    ALL
}
