package dev.weft.expression.regex;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.WatchedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A regular expression as a function: called with a text, it finds the first match. */
public record Regex(Pattern pattern) implements Callee {

    /** @throws ExpressionFault when it is none */
    public static Regex of(String source, String flags) {
        return new Regex(RegexSyntax.compile(source, flags));
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public @Nullable Object call(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
        var start = arguments.size() > 1 && arguments.get(1) instanceof Number number ? number.intValue() : 0;
        return switch (arguments.isEmpty() ? Nothing.NOTHING : arguments.getFirst()) {
            case String text -> find(text, start, scope.run);
            // JavaScript's RegExp.exec converts a number, a boolean or null to a text, and so does calling a regex
            // here.
            case Number number -> find(Numbers.json(number), start, scope.run);
            case Boolean truth -> find(truth.toString(), start, scope.run);
            case null -> find("null", start, scope.run);
            default -> Nothing.NOTHING;
        };
    }

    private @Nullable Object find(String text, int start, Run run) {
        var matcher = pattern.matcher(new WatchedText(text, run));
        if (start < 0 || start > text.length() || !matcher.find(start)) {
            return Nothing.NOTHING;
        }
        var groups = new ArrayList<@Nullable Object>(matcher.groupCount());
        for (var i = 1; i <= matcher.groupCount(); i++) {
            var group = matcher.group(i);
            // A group that did not take part in the match is undefined, not the empty text.
            groups.add(group == null ? Nothing.NOTHING : group);
        }
        var match = new LinkedHashMap<String, @Nullable Object>();
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", groups);
        match.put("next", new Next(this, text, matcher.end()));
        return match;
    }

    /** What a match has as its member "next": a function that finds the match behind it. */
    private record Next(Regex regex, String text, int from) implements Callee {

        @Override
        public int arity() {
            return 0;
        }

        @Override
        public @Nullable Object call(
                List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
            if (from >= text.length()) {
                return Nothing.NOTHING;
            }
            var found = regex.find(text, from, scope.run);
            if (found instanceof LinkedHashMap<?, ?> match && "".equals(match.get("match"))) {
                // An empty match would be found again for ever.
                throw ExpressionFault.of("D1004");
            }
            return found;
        }
    }
}
