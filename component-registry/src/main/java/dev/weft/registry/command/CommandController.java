package dev.weft.registry.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.problem.Problem;
import dev.weft.registry.catalogue.BuiltInCatalogue.BuiltInComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask about components; the parameter {@code workspace} says where it shall be usable. */
@RestController
@RequestMapping("/internal/components")
class CommandController {

    private final CommandService service;

    CommandController(CommandService service) {
        this.service = service;
    }

    @GetMapping("/{id}")
    UsableComponent component(@PathVariable String id, @RequestParam String workspace) {
        return service.component(id)
                .map(UsableComponent::of)
                .orElseThrow(() -> Problem.notFound("component", id).exception());
    }

    @GetMapping("/resolve")
    ResolvedCommand resolve(@RequestParam String command, @RequestParam String workspace) {
        return service.resolve(command)
                .orElseThrow(() -> Problem.notFound("command", command).exception());
    }

    /** Many at once: a list in the order of the commands, null for what is not found. */
    @PostMapping("/resolve")
    List<@Nullable ResolvedCommand> resolve(@RequestBody Question question) {
        return question.commands().stream()
                .<@Nullable ResolvedCommand>map(
                        command -> service.resolve(command).orElse(null))
                .toList();
    }

    /** {@code {"workspace","commands":[..]}}. */
    record Question(String workspace, List<String> commands) {}

    /** A component, and whether flows of the workspace may use it. */
    record UsableComponent(
            String id,
            String name,
            @JsonProperty("team_name") String teamName,
            String access,
            boolean usable,
            @JsonProperty("latest_revision") String latestRevision,
            Map<String, Object> descriptor) {

        static UsableComponent of(BuiltInComponent component) {
            return new UsableComponent(
                    component.id(),
                    component.name(),
                    BuiltInComponent.TEAM,
                    BuiltInComponent.ACCESS,
                    true,
                    component.revision(),
                    component.descriptor());
        }
    }
}
