package dev.weft.registry.command;

import java.util.List;

/** {@code {"workspace","commands":[..]}}. */
record CommandQuestion(String workspace, List<String> commands) {}
