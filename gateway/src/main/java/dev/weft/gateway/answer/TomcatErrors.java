package dev.weft.gateway.answer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** What Tomcat refuses by itself, such as a bad request line, as an error document. */
public final class TomcatErrors extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        var status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            write(status, response);
        } catch (IOException e) {
            container.getLogger().debug("Nobody reads the refusal", e);
        }
    }

    /** A refusal before the request has reached any servlet. */
    public static void write(int status, Response response) throws IOException {
        response.setStatus(status);
        response.setContentType(JsonAnswer.JSON.contentType());
        response.getOutputStream().write(document(status).getBytes(StandardCharsets.UTF_8));
        response.finishResponse();
    }

    private static String document(int status) {
        return switch (status) {
            case 404 -> document("404", "not-found", "Not found", "There is nothing at this path.");
            case 405 -> document("405", "method-not-allowed", "Method not allowed", "The method is not possible here.");
            case 413 -> document("413", "payload-too-large", "Payload too large", "The body is too large.");
            case 503 -> document("503", "unavailable", "Unavailable", "Please try again in a moment.");
            case 500 -> document("500", "internal-error", "Internal error", "Something went wrong on our side.");
            default ->
                document(Integer.toString(status), "bad-request", "Bad request", "The request can not be understood.");
        };
    }

    private static String document(String status, String code, String title, String detail) {
        return """
                {"errors":[{"status":"%s","code":"%s","title":"%s","detail":"%s","meta":{}}]}""".formatted(status, code, title, detail);
    }
}
