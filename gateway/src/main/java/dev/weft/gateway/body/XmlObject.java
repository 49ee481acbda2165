package dev.weft.gateway.body;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML as an object: the root element is its one member, attributes are members, repeated elements arrays, text of an
 * element that has members is {@code _}. {@code <a n="1"><b>x</b><b>y</b></a>} is {@code {"a":{"n":"1","b":["x","y"]}}}.
 * Names have their prefixes, declared or not; declarations of namespaces are left out. No document types but a bare name,
 * no entities but the five, at most 100 levels, 10,000 attributes of an element, and 50,000 different names.
 */
final class XmlObject {

    private static final int DEEPEST = 100;
    /**
     * The reader has each name interned by the virtual machine, in a table of all its threads: a million new ones take it two
     * to three seconds, and stay until the next collection of garbage.
     */
    private static final int MOST_NAMES = 50_000;

    private static final Pattern DECLARED_ENCODING =
            Pattern.compile("\\A<\\?xml\\s[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");
    /** Without an identifier of an external subset and without an internal one. */
    private static final Pattern BARE_DOCTYPE = Pattern.compile("<!DOCTYPE\\s+[^\\s\\[\\]\"'<>]+\\s*>");

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;
    private final ShortTexts texts = new ShortTexts();
    private final Set<String> names = new HashSet<>();
    private String lastName = "";

    private XmlObject(XMLStreamReader reader) {
        this.reader = reader;
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        // A namespace-aware reader looks through all declarations in scope for each name, and does not count
        // declarations as attributes. Only the names are wanted.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        // Otherwise an entity splits a text into several pieces.
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        // The JDK's limit also counts the document itself, which may have more than its 100,000 characters; entities
        // are not allowed anyway.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.elementAttributeLimit", "10000");
        return factory;
    }

    /** The charset that the document says it is in, for one that has no mark and whose sender does not say. */
    static Optional<Charset> declaredCharset(byte[] document) {
        if (document.length >= 4 && document[0] == 0 && document[1] == '<') {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        if (document.length >= 4 && document[0] == '<' && document[1] == 0 && document[2] != 0) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        var start = new String(document, 0, Math.min(document.length, 256), StandardCharsets.ISO_8859_1);
        var declaration = DECLARED_ENCODING.matcher(start);
        return declaration.find()
                ? Optional.of(BodyType.charset(declaration.group(1))).filter(XmlObject::hasAscii)
                : Optional.empty();
    }

    /** A declaration that could be read as ASCII is in no UTF-16, whatever it says; some writers always say it. */
    private static boolean hasAscii(Charset charset) {
        return new String(new byte[] {'<', '?'}, charset).equals("<?");
    }

    static BodyMembers parse(String text) {
        try {
            return new XmlObject(FACTORY.createXMLStreamReader(new StringReader(text))).document();
        } catch (XMLStreamException e) {
            throw refusal("line " + e.getLocation().getLineNumber());
        } catch (MissingResourceException _) {
            // The JDK's parser lacks the sentences for some faults in a document type, and fails at the look for them.
            throw refusal("its document type");
        }
    }

    private BodyMembers document() throws XMLStreamException {
        var document = new BodyMembers();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> document.add(name(), element(1));
                case XMLStreamConstants.DTD -> requireBare(reader.getText());
                default -> {}
            }
        }
        return document;
    }

    private static void requireBare(String doctype) {
        if (!BARE_DOCTYPE.matcher(doctype).matches()) {
            throw refusal("its document type has a subset");
        }
    }

    /** An object, or the text when there is nothing else. */
    private Object element(int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw refusal("it is too deep");
        }
        var members = new BodyMembers();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            var name = attribute(i);
            if (!name.equals("xmlns") && !name.startsWith("xmlns:")) {
                members.add(name, texts.of(reader.getAttributeValue(i)));
            }
        }
        var text = "";
        @Nullable StringBuilder more = null;
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> members.add(name(), element(depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    // Most elements have one piece of text, and need no StringBuilder.
                    if (more == null && !text.isEmpty()) {
                        more = new StringBuilder(text);
                    }
                    if (more == null) {
                        text = reader.getText();
                    } else {
                        more.append(reader.getText());
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> throw refusal("it has an unknown entity");
                case XMLStreamConstants.END_ELEMENT -> {
                    return result(members, more == null ? text : more.toString());
                }
                default -> {}
            }
        }
    }

    private String name() {
        return counted(reader.getLocalName());
    }

    private String counted(String name) {
        // Most elements have the name of the one before.
        if (!name.equals(lastName) && names.add(name) && names.size() > MOST_NAMES) {
            throw refusal("it has more than " + MOST_NAMES + " different names");
        }
        lastName = name;
        return name;
    }

    /** Its name as it is written; the reader takes prefixes off attributes, but not off elements. */
    private String attribute(int index) {
        var prefix = reader.getAttributePrefix(index);
        var name = counted(reader.getAttributeLocalName(index));
        return prefix == null || prefix.isEmpty() ? name : texts.of(prefix + ":" + name);
    }

    private Object result(BodyMembers members, String text) {
        if (members.isEmpty()) {
            return texts.of(text);
        }
        if (!text.isBlank()) {
            members.add("_", texts.of(text.strip()));
        }
        return members;
    }

    private static ProblemException refusal(String where) {
        return Problem.of(ProblemCode.BAD_REQUEST, "The body is not valid XML: " + where + ".")
                .exception();
    }
}
