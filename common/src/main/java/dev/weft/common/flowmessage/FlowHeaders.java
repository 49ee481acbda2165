package dev.weft.common.flowmessage;

/** Names of AMQP headers of flow messages (sailor-runtime 7); those of our own begin with {@code x-weft-}. */
public final class FlowHeaders {

    public static final String MESSAGE_ID = "messageId";
    public static final String PARENT_MESSAGE_ID = "parentMessageId";
    /** The API's exec_id. */
    public static final String THREAD_ID = "threadId";
    /** The step that produced the message; absent on kick-offs. */
    public static final String STEP_ID = "stepId";

    public static final String TASK_ID = "taskId";
    /** The run id: one start of one flow version. */
    public static final String EXEC_ID = "execId";

    public static final String USER_ID = "userId";
    public static final String WORKSPACE_ID = "workspaceId";
    public static final String PROTOCOL_VERSION = "protocolVersion";
    public static final String REPLY_TO = "reply_to";
    public static final String REBOUND_ITERATION = "reboundIteration";
    public static final String REBOUND_REASON = "reboundReason";
    /** How often it was sent before: on a publish that is repeated, and on a person's retry. */
    public static final String RETRY = "retry";

    public static final String ERROR_RESPONSE = "x-eio-error-response";
    /** The prefix of free metadata that travels through all steps. */
    public static final String META_PREFIX = "x-eio-meta-";

    /** The effect key: what the message stands for, the same after a crash (engine 1). */
    public static final String EFFECT = "x-weft-effect";
    /** The step the message is for: one queue may serve several steps of one worker. */
    public static final String TARGET = "x-weft-target";
    /** On a retry: the edge, {@code source>target}, whose condition and mapping the message has still before it. */
    public static final String EDGE = "x-weft-edge";
    /** What fired the execution: webhook, timer, manual, ... */
    public static final String TRIGGER = "x-weft-trigger";
    /** When the execution began, milliseconds since 1970. */
    public static final String STARTED = "x-weft-started";
    /** On a kick-off: who is told of the execution's end ({@link KickOffHeaders}). */
    public static final String WATCH = "x-weft-watch";

    private FlowHeaders() {}
}
