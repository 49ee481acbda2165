package dev.weft.gateway.body;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.body.ReadBody.FilePart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.tomcat.util.http.fileupload.FileItemHeaders;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;

/**
 * A form in parts (RFC 7578): fields are texts, repeated ones arrays; a part with a file name, or of a type other than
 * text, is a file. The library inside Tomcat splits the parts.
 */
final class MultipartForm {

    private static final int LARGEST_FILES = 1024 * 1024;
    private static final int MOST_FILES = 100;
    private static final int LARGEST_HEADERS = 8 * 1024;
    private static final int LONGEST_BOUNDARY = 200;

    private final Map<String, Object> fields;
    private final List<FilePart> files;

    private MultipartForm(Map<String, Object> fields, List<FilePart> files) {
        this.fields = fields;
        this.files = files;
    }

    Map<String, Object> fields() {
        return fields;
    }

    /** Of one MiB in all at most: their content travels in the message. */
    List<FilePart> files() {
        return files;
    }

    /** A part as it came; {@code contentType} is as its sender wrote it. */
    private record Part(
            String name,
            Optional<String> filename,
            BodyType type,
            @Nullable String contentType,
            byte[] content) {

        boolean isFile() {
            return filename.isPresent() || type.kind() == BodyType.Kind.BINARY;
        }

        /** What a browser sends for a file that nobody chose. */
        boolean isNothing() {
            return filename.filter(String::isEmpty).isPresent() && content.length == 0;
        }
    }

    static MultipartForm parse(byte[] body, BodyType type) {
        var boundary = type.parameter("boundary").orElseThrow(() -> refusal("its type names no boundary"));
        if (boundary.length() > LONGEST_BOUNDARY) {
            throw refusal("its boundary is too long");
        }
        try {
            return of(parts(body, boundary, type.charset()), type.charset());
        } catch (IOException | IllegalArgumentException e) {
            // Parts that do not end, a header without end, or a name encoded in another way than it says.
            throw refusal("its parts do not begin and end as they should");
        }
    }

    private static List<Part> parts(byte[] body, String boundary, Optional<Charset> named) throws IOException {
        var stream = new MultipartStream(
                new ByteArrayInputStream(body), boundary.getBytes(StandardCharsets.ISO_8859_1), null);
        // ISO-8859-1 keeps the bytes, which are decoded later in the form's charset.
        stream.setHeaderEncoding(StandardCharsets.ISO_8859_1.name());
        stream.setPartHeaderSizeMax(LARGEST_HEADERS);
        var parts = new ArrayList<Part>();
        var more = stream.skipPreamble();
        // The library reports an empty form in the same way as a form with a wrong boundary.
        if (!more && !ends(body, boundary)) {
            throw refusal("its boundary is not in it");
        }
        while (more) {
            var headers = new FileUpload().getParsedHeaders(decoded(stream.readHeaders(), named));
            var content = new ByteArrayOutputStream();
            stream.readBodyData(content);
            parts.add(part(headers, content.toByteArray()));
            more = stream.readBoundary();
        }
        return parts;
    }

    /** A form without any part is its end alone. */
    private static boolean ends(byte[] body, String boundary) {
        return new String(body, StandardCharsets.ISO_8859_1).contains("--" + boundary + "--");
    }

    private static String decoded(String headers, Optional<Charset> named) {
        return BodyText.decode(
                "The header of a part",
                headers.getBytes(StandardCharsets.ISO_8859_1),
                0,
                named.orElse(StandardCharsets.UTF_8));
    }

    private static Part part(FileItemHeaders headers, byte[] content) {
        var header = headers.getHeader("Content-Disposition");
        if (header == null) {
            throw refusal("a part of it has no name");
        }
        var disposition = ContentDisposition.parse(header);
        var name = disposition.getName();
        if (!disposition.isFormData() || name == null) {
            throw refusal("a part of it has no name");
        }
        var filename = Optional.ofNullable(disposition.getFilename());
        // The library puts U+FFFD for characters that it can not decode; a file name may also really contain that
        // character.
        if (filename.orElse("").indexOf('\uFFFD') >= 0 && header.indexOf('\uFFFD') < 0) {
            throw refusal("a file's name is not in the charset that it names");
        }
        var type = headers.getHeader("Content-Type");
        return new Part(
                unescaped(name),
                filename,
                BodyType.of(type == null ? "text/plain" : type),
                type,
                decoded(content, headers.getHeader("Content-Transfer-Encoding")));
    }

    /** As quoted texts are written; other backslashes are the sender's. */
    private static String unescaped(String name) {
        return name.replace("\\\"", "\"").replace("\\\\", "\\");
    }

    /** RFC 7578 4.7 has done away with these, and some senders have not heard. */
    private static byte[] decoded(byte[] content, @Nullable String coding) {
        return switch (coding == null ? "binary" : coding.strip().toLowerCase(Locale.ROOT)) {
            case "binary", "8bit", "7bit" -> content;
            case "base64" -> Base64.getMimeDecoder().decode(content);
            default ->
                throw Problem.of(
                                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                                "The transfer coding " + coding + " of a part is not taken.")
                        .exception();
        };
    }

    private static MultipartForm of(List<Part> parts, Optional<Charset> named) {
        var usual = named.or(() -> charsetField(parts));
        var fields = new BodyMembers();
        var files = new ArrayList<FilePart>();
        var names = new HashSet<String>();
        var size = 0;
        for (var part : parts) {
            if (!part.isFile()) {
                fields.add(
                        part.name(),
                        BodyText.read(part.content(), part.type().charset().or(() -> usual)));
            } else if (!part.isNothing()) {
                size += part.content().length;
                files.add(new FilePart(
                        free(part.name(), names),
                        part.filename(),
                        Objects.requireNonNullElse(part.contentType(), "application/octet-stream"),
                        part.content()));
                requireSmall(size, files.size());
            }
        }
        return new MultipartForm(fields.object(), List.copyOf(files));
    }

    /** The charset of all parts that do not say (RFC 7578 4.6). */
    private static Optional<Charset> charsetField(List<Part> parts) {
        return parts.stream()
                .filter(part -> part.name().equals("_charset_") && !part.isFile())
                .findFirst()
                .map(part -> BodyType.charset(new String(part.content(), StandardCharsets.ISO_8859_1)));
    }

    /** Files of one name are all kept: {@code doc}, {@code doc_2}, {@code doc_3}. */
    private static String free(String name, Set<String> names) {
        var free = name;
        for (var n = 2; !names.add(free); n++) {
            free = name + "_" + n;
        }
        return free;
    }

    private static void requireSmall(int size, int files) {
        if (size > LARGEST_FILES) {
            throw tooLarge("The files of a form are larger than " + LARGEST_FILES + " bytes in all.");
        }
        if (files > MOST_FILES) {
            throw tooLarge("A form has more than " + MOST_FILES + " files.");
        }
    }

    private static ProblemException tooLarge(String why) {
        return Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, why).exception();
    }

    private static ProblemException refusal(String why) {
        return Problem.of(ProblemCode.BAD_REQUEST, "The body is not a valid form in parts: " + why + ".")
                .exception();
    }
}
