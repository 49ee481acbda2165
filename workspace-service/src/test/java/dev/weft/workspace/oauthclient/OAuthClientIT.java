package dev.weft.workspace.oauthclient;

import static dev.weft.workspace.Tenancy.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** OAuth clients of a tenant (api-v2 12). */
class OAuthClientIT {

    private static EmbeddedStore store;
    private static Tenancy tenancy;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
    }

    @AfterAll
    static void stop() {
        tenancy.close();
        store.close();
    }

    private static String path() {
        return "/v2/tenants/" + tenancy.id + "/oauth-clients";
    }

    private static String aComponent() {
        var id = new Ids().next();
        tenancy.others.addComponent(id, "c" + id, true, "{}");
        return id;
    }

    private static String document(String attributes, String component) {
        return """
            {"data":{"type":"oauth-client","attributes":%s,
             "relationships":{"component":{"data":{"type":"component","id":"%s"}}}}}""".formatted(attributes, component);
    }

    private static Answer make(String component) {
        return tenancy.admin.client().post(path(), document("""
            {"client_id":"one","client_secret":"hush-hush"}""", component));
    }

    @Test
    void aComponentHasOneWhoseSecretIsNeverShown() {
        var component = aComponent();
        var made = make(component);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.attribute("client_id").asString()).isEqualTo("one");
        assertThat(made.at("/data/relationships/component/data/id").asString()).isEqualTo(component);
        assertThat(make(component).error()).isEqualTo("409 already-exists /data/relationships/component");

        var one = made.at("/data/links/self").asString();
        var changed = tenancy.admin.client().patch(one, """
            {"data":{"type":"oauth-client","attributes":{"client_id":"two"}}}""");
        assertThat(changed.attribute("client_id").asString()).isEqualTo("two");
        for (var answer : List.of(
                made,
                changed,
                tenancy.admin.client().get(one),
                tenancy.admin.client().get(path()))) {
            assertThat(answer.json().toString()).doesNotContain("hush");
        }
        var stored = tenancy.server.bean(MongoTemplate.class).findById(made.id(), Document.class, "oauth_clients");
        assertThat(stored.toJson()).doesNotContain("hush");
        assertThat(ids(tenancy.admin.client().get(path()).json())).contains(made.id());
    }

    @Test
    void stayWhileFlowsUseTheirComponent() {
        var component = aComponent();
        var one = path() + "/" + make(component).id();
        tenancy.others.useComponent(component, List.of("5a0000000000000000000f01"));

        var refused = tenancy.admin.client().delete(one);
        assertThat(refused.error()).isEqualTo("409 in-use");
        assertThat(refused.at("/errors/0/meta/flow_ids/0").asString()).isEqualTo("5a0000000000000000000f01");

        tenancy.others.useComponent(component, List.of());
        assertThat(tenancy.admin.client().delete(one).status()).isEqualTo(204);
        assertThat(tenancy.admin.client().get(one).status()).isEqualTo(404);
    }

    @Test
    void areForAdministratorsOfTheTenant() {
        var component = aComponent();
        var one = path() + "/" + make(component).id();
        var guest = tenancy.person("Guest").client();

        assertThat(guest.get(path()).at("/errors/0/meta/required_permission").asString())
                .isEqualTo("tenants.oauth_clients.get");
        assertThat(guest.get(one).status()).isEqualTo(403);
        assertThat(guest.delete(one).status()).isEqualTo(403);
        assertThat(guest.post(path(), "{}").status()).isEqualTo(403);
        assertThat(tenancy.stranger().get(path()).status()).isEqualTo(404);
        assertThat(tenancy.stranger().get(one).status()).isEqualTo(404);
        var nothing = tenancy.admin.client().post(path(), "{\"data\":{\"type\":\"oauth-client\",\"attributes\":{}}}");
        assertThat(nothing.json().path("errors").size()).isEqualTo(3);
        assertThat(make(new Ids().next()).error()).isEqualTo("404 not-found /data/relationships/component");
    }
}
