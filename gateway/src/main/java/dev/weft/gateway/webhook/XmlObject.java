package dev.weft.gateway.webhook;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as an object: the root element is its one member, attributes are members, repeated elements arrays, text of an
 * element that has members is {@code _}. {@code <a n="1"><b>x</b><b>y</b></a>} is {@code {"a":{"n":"1","b":["x","y"]}}}.
 * No document types, no entities but the five, at most 100 levels.
 */
final class XmlObject {

    private static final int DEEPEST = 100;
    private static final XMLInputFactory FACTORY = factory();

    private XmlObject() {}

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static Map<String, Object> parse(String text) {
        try {
            var reader = FACTORY.createXMLStreamReader(new StringReader(text));
            var object = new LinkedHashMap<String, Object>();
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> object.put(reader.getLocalName(), element(reader, 1));
                    case XMLStreamConstants.DTD -> throw refusal("it has a document type");
                    default -> {}
                }
            }
            return object;
        } catch (XMLStreamException e) {
            throw refusal("line " + e.getLocation().getLineNumber());
        }
    }

    /** An object, or the text when there is nothing else. */
    private static Object element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw refusal("it is too deep");
        }
        var members = new LinkedHashMap<String, Object>();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            members.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        var text = new StringBuilder();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT ->
                    members.merge(reader.getLocalName(), element(reader, depth + 1), XmlObject::both);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw refusal("it has an unknown entity");
                case XMLStreamConstants.END_ELEMENT -> {
                    return result(members, text.toString());
                }
                default -> {}
            }
        }
    }

    private static Object result(Map<String, Object> members, String text) {
        if (members.isEmpty()) {
            return text;
        }
        if (!text.isBlank()) {
            members.put("_", text.strip());
        }
        return members;
    }

    private static Object both(Object before, Object value) {
        if (before instanceof List<?> several) {
            var more = new ArrayList<Object>(several);
            more.add(value);
            return more;
        }
        return List.of(before, value);
    }

    private static ProblemException refusal(String where) {
        return Problem.of(ProblemCode.BAD_REQUEST, "The body is not valid XML: " + where + ".")
                .exception();
    }
}
