package dev.weft.expression.syntax;

import com.dashjoin.jsonata.Parser;
import java.util.List;

/** Key and value in an object constructor or a grouping. */
public record SyntaxPair(SyntaxNode key, SyntaxNode value) {

    static List<SyntaxPair> of(Parser.Symbol holder, RegexLiterals regexes) {
        return holder.lhsObject == null
                ? List.of()
                : holder.lhsObject.stream()
                        .map(pair -> new SyntaxPair(new SyntaxNode(pair[0], regexes), new SyntaxNode(pair[1], regexes)))
                        .toList();
    }
}
