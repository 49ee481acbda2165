package dev.weft.registry.command;

import dev.weft.common.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What other services ask about components; the parameter {@code workspace} names the workspace in which they are to be
 * used.
 */
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

    /** {@code {"ids":[..]}}. */
    record ListedQuestion(List<String> ids) {}

    /** Those of the ids that full workspaces could not use under a whitelist (api-v2 7.2): what is not built in. */
    @PostMapping("/unlisted")
    List<String> unlisted(@RequestBody ListedQuestion question) {
        return service.unlisted(question.ids());
    }

    @GetMapping("/resolve")
    ResolvedCommand resolve(@RequestParam String command, @RequestParam String workspace) {
        return service.resolve(command)
                .orElseThrow(() -> Problem.notFound("command", command).exception());
    }

    /** Many at once: a list in the order of the commands, null for what is not found. */
    @PostMapping("/resolve")
    List<@Nullable ResolvedCommand> resolve(@RequestBody CommandQuestion question) {
        return question.commands().stream()
                .<@Nullable ResolvedCommand>map(
                        command -> service.resolve(command).orElse(null))
                .toList();
    }
}
