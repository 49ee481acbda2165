package dev.weft.registry.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BuiltInCatalogueTest {

    private final BuiltInCatalogue catalogue = new BuiltInCatalogue(new JsonMapper());

    @Test
    void listsWhatTheEngineCanRun() {
        assertThat(catalogue.all().map(BuiltInComponent::name))
                .containsExactlyInAnyOrder(
                        "webhook", "timer", "mapper", "filter", "splitter", "http", "code", "email", "log");
        assertThat(catalogue.all().map(BuiltInComponent::id)).isSorted();
    }

    @Test
    void idsAndRevisionsAreTheSameEverywhere() {
        var webhook = catalogue.findByName("webhook").orElseThrow();

        assertThat(webhook.id()).isEqualTo(Ids.sha1("weft/webhook").substring(0, 24));
        assertThat(webhook.revision())
                .hasSize(40)
                .isEqualTo(new BuiltInCatalogue(new JsonMapper())
                        .findByName("webhook")
                        .orElseThrow()
                        .revision());
        assertThat(catalogue.findByRevision(webhook.revision())).contains(webhook);
    }

    @Test
    void everyDescriptorHasTitleIconAndTitledFunctions() {
        catalogue.all().forEach(component -> {
            assertThat(component.descriptor()).containsKeys("title", "description", "icon", "triggers", "actions");
            var icon =
                    Base64.getDecoder().decode((String) component.descriptor().get("icon"));
            assertThat(new String(icon, java.nio.charset.StandardCharsets.UTF_8))
                    .startsWith("<svg");
            assertThat(functions(component))
                    .isNotEmpty()
                    .allSatisfy(function -> assertThat(function).containsKeys("title", "metadata"));
        });
    }

    /** Of 100 to 199 no answer can be made. */
    @Test
    @SuppressWarnings("unchecked")
    void aReplyHasTheStatusOfAnAnswer() {
        var actions = (Map<String, Map<String, Object>>)
                catalogue.findByName("http").orElseThrow().descriptor().get("actions");
        var fields = (Map<String, Map<String, Object>>) actions.get("reply").get("fields");

        assertThat(fields.get("status")).containsEntry("minimum", 200).containsEntry("maximum", 599);
    }

    @Test
    void everyFieldSaysHowItIsReadAndShown() {
        catalogue.all().flatMap(component -> functions(component).stream()).forEach(function -> {
            var fields = (Map<?, ?>) function.getOrDefault("fields", Map.of());
            assertThat(fields.values()).allSatisfy(field -> {
                var rules = (Map<?, ?>) field;
                assertThat(rules.get("label")).isNotNull();
                assertThat(rules.get("viewClass")).isNotNull();
                assertThat(rules.get("required")).isInstanceOf(Boolean.class);
                assertThat(Set.of("plain", "jsonata")).contains((String) rules.get("kind"));
            });
        });
    }

    @Test
    void onlyTheTimerPolls() {
        var timer = functions(catalogue.findByName("timer").orElseThrow()).getFirst();
        var webhook = functions(catalogue.findByName("webhook").orElseThrow()).getFirst();

        assertThat(timer.get("type")).isEqualTo("polling");
        assertThat(webhook.get("type")).isEqualTo("webhook");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> functions(BuiltInComponent component) {
        var functions = new ArrayList<Map<String, Object>>();
        for (var kind : List.of("triggers", "actions")) {
            functions.addAll(
                    ((Map<String, Map<String, Object>>) component.descriptor().get(kind)).values());
        }
        return functions;
    }
}
