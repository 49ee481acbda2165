package dev.weft.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.id.Ids;
import dev.weft.common.service.StartedService;
import dev.weft.common.service.StartedService.Client;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A tenant of its own with an admin: people, contracts and workspaces, made over HTTP. */
public final class Tenancy implements AutoCloseable {

    private static final Ids IDS = new Ids();

    public final String id = IDS.next();
    public final String webhook = IDS.next();
    public final Neighbours others;
    public final StartedService server;
    public final Person admin;
    private final Path mails;

    /** A user of the tenant and what they can ask. */
    public record Person(String id, Client client) {}

    public Tenancy(dev.weft.store.EmbeddedStore store) throws Exception {
        others = new Neighbours();
        mails = Files.createTempDirectory("mails");
        server = WorkspaceServer.start(store, others, mails);
        others.addComponent(webhook, "webhook", true, """
                {"auth": {"viewClass": "WebhookAuthView"}, "note": {"viewClass": "TextFieldView"}}""");
        admin = person("Admin", "tenant-admin");
    }

    public Person person(String name, String... tenantRoles) {
        var user = IDS.next();
        others.addUser(user, id, name);
        return new Person(user, server.as(others.bearer("user", user, id, tenantRoles)));
    }

    public Client stranger() {
        return server.as(others.bearer("user", IDS.next(), IDS.next(), "tenant-admin"));
    }

    public String aContract(Person owner) {
        var contract =
                admin.client.post("/v2/contracts", contractNamed("Contract")).id();
        join(contract, owner, "owner");
        return contract;
    }

    public void join(String contract, Person person, String role) {
        var answer = admin.client.post(
                "/v2/contracts/" + contract + "/members",
                member(person.id, role).replace("\"member\",\"id\"", "\"contract-member\",\"id\""));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
    }

    public void enter(String workspace, Person person, String role) {
        var answer = admin.client.post("/v2/workspaces/" + workspace + "/members", member(person.id, role));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    }

    public String aWorkspace(Person owner, String contract) {
        var answer = owner.client.post("/v2/workspaces", workspaceIn(contract));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.id();
    }

    public String aCredential(Person owner, String workspace) {
        var answer = owner.client.post("/v2/credentials", """
                {"data":{"type":"credential","attributes":{"keys":
                   {"auth":{"type":"basic","username":"u","password":"hush"}}},
                 "relationships":{"component":{"data":{"type":"component","id":"%s"}},
                   "workspace":{"data":{"type":"workspace","id":"%s"}}}}}""".formatted(webhook, workspace));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
        return answer.id();
    }

    public static String contractNamed(String name) {
        return "{\"data\":{\"type\":\"contract\",\"attributes\":{\"name\":\"" + name + "\"}}}";
    }

    public static String workspaceIn(String contract) {
        return """
                {"data":{"type":"workspace","attributes":{"name":"Workspace"},
                  "relationships":{"contract":{"data":{"type":"contract","id":"%s"}}}}}""".formatted(contract);
    }

    public static String member(String id, String role) {
        return "{\"data\":{\"type\":\"member\",\"id\":\"" + id + "\",\"attributes\":{\"roles\":[\"" + role + "\"]}}}";
    }

    public static List<String> ids(JsonNode list) {
        return list.path("data")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    public static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /** The mails to an address: each its subject, and the text. */
    public List<String> mailsTo(String address) {
        try (var files = Files.list(mails)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .map(Tenancy::read)
                    .filter(mail -> mail.startsWith(address + "\n"))
                    .map(mail -> mail.substring(address.length() + 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try (var bytes = Files.newInputStream(file)) {
            var mail = new MimeMessage(Session.getInstance(new Properties()), bytes);
            var part = mail.getContent();
            while (part instanceof MimeMultipart parts) {
                part = parts.getBodyPart(0).getContent();
            }
            return mail.getAllRecipients()[0] + "\n" + mail.getSubject() + "\n" + part;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token in the mail that invites the address. */
    public String tokenOf(String address) {
        var sent = await().until(() -> mailsTo(address), mails -> !mails.isEmpty());
        var found = Pattern.compile("/console/invites/([A-Za-z0-9_-]+)").matcher(sent.getLast());
        assertThat(found.find()).as(sent.getLast()).isTrue();
        return found.group(1);
    }

    @Override
    public void close() {
        server.close();
        others.close();
    }
}
