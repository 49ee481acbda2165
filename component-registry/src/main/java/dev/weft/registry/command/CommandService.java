package dev.weft.registry.command;

import dev.weft.common.access.OpenToAll;
import dev.weft.registry.catalogue.BuiltInCatalogue;
import dev.weft.registry.catalogue.BuiltInComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds the functions that commands name; one that is not usable in the workspace is not found. */
@Service
class CommandService {

    private final BuiltInCatalogue catalogue;

    CommandService(BuiltInCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @OpenToAll("asked by services only; built-in components are usable everywhere")
    Optional<ResolvedCommand> resolve(String command) {
        return CommandName.parse(command).flatMap(this::resolve);
    }

    @OpenToAll("asked by services only; built-in components are usable everywhere")
    Optional<BuiltInComponent> component(String id) {
        return catalogue.find(id);
    }

    @OpenToAll("asked by services only; built-in components are exempt from whitelists")
    List<String> unlisted(List<String> ids) {
        return ids.stream().filter(id -> catalogue.find(id).isEmpty()).toList();
    }

    private Optional<ResolvedCommand> resolve(CommandName name) {
        return Optional.of(name)
                .filter(command -> command.team().equals(BuiltInComponent.TEAM))
                .flatMap(command -> catalogue.findByName(command.component()))
                .filter(found -> name.version().equals(CommandName.LATEST)
                        || name.version().equals(found.revision()))
                .flatMap(found -> function(found, name.method()));
    }

    private static Optional<ResolvedCommand> function(BuiltInComponent component, String method) {
        var trigger = member(member(component.descriptor(), "triggers"), method);
        if (trigger != null) {
            return Optional.of(resolved(component, method, "trigger", "polling".equals(trigger.get("type")), trigger));
        }
        var action = member(member(component.descriptor(), "actions"), method);
        return action == null ? Optional.empty() : Optional.of(resolved(component, method, "action", false, action));
    }

    private static ResolvedCommand resolved(
            BuiltInComponent component, String method, String kind, boolean polling, Map<?, ?> function) {
        return new ResolvedCommand(
                component.id(),
                component.revision(),
                BuiltInComponent.TEAM,
                component.name(),
                method,
                kind,
                polling,
                function,
                member(component.descriptor(), "credentials"),
                component.descriptor().get("service") instanceof String service ? service : null);
    }

    private static @Nullable Map<?, ?> member(@Nullable Map<?, ?> object, String name) {
        return object != null && object.get(name) instanceof Map<?, ?> found ? found : null;
    }
}
