package dev.weft.common.access;

/** The tenant, contract or workspace in which a permission is needed. */
public sealed interface Scope {

    String id();

    /** The name of the collection in paths and messages. */
    String kind();

    /** A workspace. */
    record Workspace(String id) implements Scope {
        @Override
        public String kind() {
            return "workspaces";
        }
    }

    /** A contract. */
    record Contract(String id) implements Scope {
        @Override
        public String kind() {
            return "contracts";
        }
    }

    /** A tenant. */
    record Tenant(String id) implements Scope {
        @Override
        public String kind() {
            return "tenants";
        }
    }
}
