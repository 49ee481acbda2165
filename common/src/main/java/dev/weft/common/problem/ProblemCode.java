package dev.weft.common.problem;

import java.util.Locale;

/** The words of the error table (api-v2 1.5), each with its HTTP status and its title. */
public enum ProblemCode {
    BAD_REQUEST(400, "Bad request"),
    INVALID_JSON(400, "Invalid JSON"),
    VALIDATION_FAILED(400, "Validation failed"),
    INVALID_PARAMETER(400, "Invalid parameter"),
    UNAUTHORIZED(401, "Unauthorized"),
    FORBIDDEN(403, "Forbidden"),
    CONTRACT_SUSPENDED(403, "Contract suspended"),
    QUOTA_EXCEEDED(403, "Quota exceeded"),
    ACTION_FORBIDDEN(403, "Action forbidden"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    TYPE_MISMATCH(409, "Type mismatch"),
    ID_MISMATCH(409, "Id mismatch"),
    ALREADY_EXISTS(409, "Already exists"),
    IN_USE(409, "In use"),
    INVALID_STATE(409, "Invalid state"),
    NOT_READY(409, "Not ready"),
    CONFLICT(409, "Conflict"),
    GONE(410, "Gone"),
    PAYLOAD_TOO_LARGE(413, "Payload too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(500, "Internal error"),
    UNAVAILABLE(503, "Unavailable"),
    REPLY_TIMEOUT(504, "Reply timeout");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The word on the wire: kebab case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
