package dev.weft.common.flowmessage;

/**
 * The files of a webhook call on their way from the door to the flow's first step. The message names each by reference, as
 * all later ones do, {@code attachments: {"doc": {"url","content-type","size","filename"}}}; the bytes lie beside it and end
 * with the first step, which keeps them where the reference leads: {@code files: {"doc": base64}}.
 */
public final class CallFiles {

    /** The member of a kick-off that holds the bytes. */
    public static final String CONTENTS = "files";

    private CallFiles() {}

    /** Where a file of an execution is read, 1 being the first; a path of the API. */
    public static String url(String execution, int number) {
        return "/v2/executions/" + execution + "/attachments/" + number;
    }

    /** Which file of its execution a reference means. */
    public static int number(String url) {
        return Integer.parseInt(url.substring(url.lastIndexOf('/') + 1));
    }
}
