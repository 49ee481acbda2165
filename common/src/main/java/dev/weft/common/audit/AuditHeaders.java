package dev.weft.common.audit;

/** What the gateway tells services for the audit trail; nobody outside can set headers that begin so. */
public final class AuditHeaders {

    /** The identifier of the entry: what a service tells of a request replaces what the gateway had to presume. */
    public static final String ENTRY = "X-Weft-Audit-Entry";
    /** The client's address. {@code X-Weft-Client-Address} is the key by which clients are counted, and may be a part. */
    public static final String IP = "X-Weft-Client-Ip";

    static final String REQUEST_ID = "X-Request-Id";

    private AuditHeaders() {}
}
