package dev.weft.gateway.body;

import java.util.List;
import java.util.Optional;

/**
 * A body that has been read.
 *
 * @param object   one JSON object in UTF-8
 * @param unpacked whether it came in a coding that has been undone
 */
public record ReadBody(byte[] object, List<FilePart> files, boolean unpacked) {

    /**
     * A file of a form.
     *
     * @param name        of its part, unique in the form
     * @param filename    as the sender calls it; empty when it does not
     * @param contentType as the sender says; {@code application/octet-stream} when it does not
     */
    public record FilePart(String name, Optional<String> filename, String contentType, byte[] content) {}
}
