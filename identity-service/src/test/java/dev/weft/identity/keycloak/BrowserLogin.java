package dev.weft.identity.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person with a browser at the log-in page, and the program that waits for the code on a loopback port. */
final class BrowserLogin {

    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern PATH = Pattern.compile("(?i);\\s*path=([^;]+)");
    private static final String REDIRECT = "http://127.0.0.1:34567/callback";
    private static final String VERIFIER = "a-verifier-of-at-least-43-characters-as-the-specification-wants";

    private final String realm;
    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    /** Kept by hand: Keycloak's are for secure pages, which to browsers, but not to Java, includes loopback. */
    private final Map<String, String> cookies = new LinkedHashMap<>();
    /** The realm of each: two realms give theirs the same names. */
    private final Map<String, String> paths = new LinkedHashMap<>();

    private boolean asked;

    BrowserLogin(String realm) {
        this.realm = realm;
    }

    /** The status of the page to which the program sends the browser. */
    int open(String redirect) {
        return open("weft-cli", redirect);
    }

    int open(String client, String redirect) {
        return get(page(client, redirect)).statusCode();
    }

    /** Whether the person was asked before the program got its code. */
    boolean wasAsked() {
        return asked;
    }

    private String page(String client, String redirect) {
        return realm + "/protocol/openid-connect/auth?"
                + form(Map.of(
                        "client_id",
                        client,
                        "response_type",
                        "code",
                        "scope",
                        "openid",
                        "redirect_uri",
                        redirect,
                        "code_challenge_method",
                        "S256",
                        "code_challenge",
                        challenge()));
    }

    /** Logs in and exchanges the code; empty when the page does not let the person through. */
    Optional<JsonNode> logIn(String user, String password) {
        return through(page("weft-cli", REDIRECT), user, password, "");
    }

    /** Comes from that identity provider, where the person logs in. */
    Optional<JsonNode> logInAt(String provider, String user, String password) {
        return through(page("weft-cli", REDIRECT) + "&kc_idp_hint=" + provider, user, password, "");
    }

    /** Logs in and sets another password at the page for that; whether the page takes it. */
    boolean changePassword(String user, String password, String another) {
        return through(page("weft-cli", REDIRECT) + "&kc_action=UPDATE_PASSWORD", user, password, another)
                .isPresent();
    }

    private Optional<JsonNode> through(String page, String user, String password, String another) {
        var redirect = REDIRECT;
        var answer = get(page);
        var isChanged = false;
        // One page may ask for the name, the next for the password, the last for consent.
        for (int pages = 0; pages < 10; pages++) {
            var location = answer.headers().firstValue("Location").orElse("");
            if (location.startsWith(redirect)) {
                return Optional.of(exchange(location.replaceAll(".*[?&]code=([^&]+).*", "$1"), redirect));
            }
            if (!location.isEmpty()) {
                answer = get(location);
                continue;
            }
            var form = FORM.matcher(answer.body());
            if (!form.find()) {
                return Optional.empty();
            }
            var fields = new LinkedHashMap<String, String>();
            if (answer.body().contains("name=\"password-new\"")) {
                if (isChanged) {
                    // The page comes again with what it has against the password.
                    return Optional.empty();
                }
                isChanged = true;
                fields.put("password-new", another);
                fields.put("password-confirm", another);
                answer = post(form.group(1).replace("&amp;", "&"), fields);
                continue;
            }
            if (answer.body().contains("name=\"accept\"")) {
                asked = true;
                fields.put("accept", "Yes");
            } else {
                fields.put("username", user);
            }
            if (answer.body().contains("type=\"password\"")) {
                fields.put("password", password);
            }
            answer = post(form.group(1).replace("&amp;", "&"), fields);
        }
        return Optional.empty();
    }

    /** The status of asking for a token with name and password, as a public client. */
    int passwordGrant(String client, String user, String password) {
        return post(
                        realm + "/protocol/openid-connect/token",
                        Map.of("grant_type", "password", "client_id", client, "username", user, "password", password))
                .statusCode();
    }

    private JsonNode exchange(String code, String redirect) {
        var answer = post(
                realm + "/protocol/openid-connect/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", "weft-cli",
                        "code", code,
                        "redirect_uri", redirect,
                        "code_verifier", VERIFIER));
        return new JsonMapper().readTree(answer.body());
    }

    private static String challenge() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> get(String url) {
        return send(request(url).build());
    }

    private HttpResponse<String> post(String url, Map<String, String> fields) {
        return send(request(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)))
                .build());
    }

    private HttpRequest.Builder request(String url) {
        var address = URI.create(realm).resolve(url);
        var request = HttpRequest.newBuilder(address);
        var sent = cookies.entrySet().stream()
                .filter(cookie -> address.getPath().startsWith(paths.getOrDefault(cookie.getKey(), "/")))
                .map(cookie -> cookie.getKey().replaceFirst(".* ", "") + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            var answer = browser.send(request, HttpResponse.BodyHandlers.ofString());
            for (var cookie : answer.headers().allValues("Set-Cookie")) {
                var pair = cookie.split(";", 2)[0].split("=", 2);
                var path = PATH.matcher(cookie);
                var realmOf = path.find() ? path.group(1) : "/";
                paths.put(realmOf + " " + pair[0], realmOf);
                cookies.put(realmOf + " " + pair[0], pair[1]);
            }
            return answer;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
