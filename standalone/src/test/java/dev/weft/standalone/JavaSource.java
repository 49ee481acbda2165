package dev.weft.standalone;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of the sources, as rules about its shape look at it.
 *
 * @param module   by the name of its directory
 * @param code     without comments
 * @param bare     without what stands in quotes, either
 * @param whys     comments that are no Javadoc: those that say why
 */
record JavaSource(String module, String packageName, String name, String code, String bare, int whys) {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    /** Of the first type in the file, which names it; others have a place in it. */
    private static final Pattern TYPE = Pattern.compile(
            "(?m)^((?:public |final |abstract |sealed |non-sealed )*)(?:class|interface|enum|record|@interface) ");

    private static final Pattern OWN_PACKAGE = Pattern.compile("\\bdev\\.weft(?:\\.[a-z][a-z0-9]*)+");

    static JavaSource read(String module, String name, String text) {
        var pieces = new Pieces(text);
        var packageName = PACKAGE.matcher(pieces.bare);
        if (!packageName.find()) {
            throw new IllegalArgumentException(name + " is in no package.");
        }
        return new JavaSource(
                module, packageName.group(1), name, pieces.code.toString(), pieces.bare.toString(), pieces.whys);
    }

    /** Those that are not blank. */
    long lines() {
        return code.lines().filter(line -> !line.isBlank()).count();
    }

    boolean isPackageInfo() {
        return name.equals("package-info.java");
    }

    boolean isPublic() {
        var type = TYPE.matcher(bare);
        return type.find() && type.group(1).contains("public ");
    }

    /** All that begins like one of our packages, whether imported or named in full. */
    Set<String> named() {
        return OWN_PACKAGE.matcher(bare).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    /** Tells code, comments and texts apart: a text may contain what looks like a comment, and the other way round. */
    private static final class Pieces {

        private final String text;
        private final StringBuilder code = new StringBuilder();
        private final StringBuilder bare = new StringBuilder();
        private int whys;
        private int at;

        Pieces(String text) {
            this.text = text;
            while (at < text.length()) {
                step();
            }
        }

        private void step() {
            if (text.startsWith("//", at)) {
                whys++;
                at = end(text.indexOf('\n', at), 0);
            } else if (text.startsWith("/*", at)) {
                var end = end(text.indexOf("*/", at + 2), 2);
                text.substring(at, end).chars().filter(c -> c == '\n').forEach(_ -> both("\n"));
                at = end;
            } else if (text.startsWith("\"\"\"", at)) {
                quoted("\"\"\"");
            } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                quoted(text.substring(at, at + 1));
            } else {
                both(text.substring(at, at + 1));
                at++;
            }
        }

        private void quoted(String mark) {
            var from = at;
            at += mark.length();
            while (at < text.length() && !text.startsWith(mark, at)) {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            at = Math.min(text.length(), at + mark.length());
            code.append(text, from, at);
            bare.append(mark).append(mark);
        }

        private int end(int found, int length) {
            return found < 0 ? text.length() : found + length;
        }

        private void both(String piece) {
            code.append(piece);
            bare.append(piece);
        }
    }

    @Override
    public String toString() {
        return module + ": " + packageName + "." + name;
    }
}
