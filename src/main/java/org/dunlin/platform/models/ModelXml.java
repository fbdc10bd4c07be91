package org.dunlin.platform.models;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Parse;
import org.camunda.bpm.engine.impl.util.xml.Parser;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * Reads the XML of a model with the engine's own reader, so that the guard and the engine see the same document. Document
 * types and external entities are refused.
 */
final class ModelXml {

    private ModelXml() {}

    /**
     * The root element.
     *
     * @throws RuntimeException when the bytes are not well-formed XML, or declare a document type
     */
    static Element read(String name, byte[] content) {
        Parse parse =
                new NamespaceAware().createParse().name(name).sourceInputStream(new ByteArrayInputStream(content));
        parse.execute();
        if (parse.hasErrors()) {
            parse.throwExceptionForErrors();
        }
        return parse.getRootElement();
    }

    /** Attributes of an element, with their namespace. */
    static List<Attribute> attributes(Element element) {
        return element.attributes().stream()
                .map(key -> {
                    int end = key.lastIndexOf(':');
                    return new Attribute(
                            end < 0 ? "" : key.substring(0, end), key.substring(end + 1), value(element, key));
                })
                .toList();
    }

    private static String value(Element element, String key) {
        String value = element.attribute(key);
        return value == null ? "" : value;
    }

    record Attribute(String namespace, String name, String value) {}

    private static final class NamespaceAware extends Parser {
        @Override
        public Parse createParse() {
            return new Parse(this) {};
        }

        @Override
        protected @Nullable SAXParser getSaxParser() throws ParserConfigurationException, SAXException {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            setXxeProcessing(factory);
            return factory.newSAXParser();
        }

        @Override
        public Boolean isEnableXxeProcessing() {
            return false;
        }
    }
}
