package io.evenkeel.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// The schema as it is written; what is generated from it is not looked at.
final class SchemaText {
  private final Element root;

  private SchemaText(Element root) {
    this.root = root;
  }

  static SchemaText read() {
    try (InputStream in = SchemaText.class.getResourceAsStream("/evenkeel-wire.xml")) {
      return new SchemaText(
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement());
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("evenkeel-wire.xml cannot be read", e);
    }
  }

  String attribute(String name) {
    return root.getAttribute(name);
  }

  /// Template numbers by the name of the message.
  Map<String, Integer> messages() {
    Map<String, Integer> messages = new LinkedHashMap<>();
    for (Element message : elements(root, "sbe:message")) {
      messages.put(message.getAttribute("name"), Integer.valueOf(message.getAttribute("id")));
    }
    return messages;
  }

  /// Every number that stands for something, one a line, as `CallEndCode.MET = 1`.
  List<String> numbers() {
    List<String> lines = new ArrayList<>();
    lines.add("schema = " + attribute("id"));
    messages().forEach((name, id) -> lines.add("message " + name + " = " + id));
    for (String kind : List.of("enum", "set")) {
      String member = kind.equals("enum") ? "validValue" : "choice";
      for (Element type : elements(root, kind)) {
        for (Element value : elements(type, member)) {
          lines.add(
              "%s %s.%s = %s"
                  .formatted(
                      kind,
                      type.getAttribute("name"),
                      value.getAttribute("name"),
                      value.getTextContent().strip()));
        }
      }
    }
    return lines;
  }

  /// The fields of every message and composite with their types and places, one a line, as
  /// `Deposit: 1 partyId int64`.
  List<String> fields() {
    List<String> lines = new ArrayList<>();
    for (Element composite : elements(root, "composite")) {
      addParts(composite, composite.getAttribute("name"), lines);
    }
    for (Element message : elements(root, "sbe:message")) {
      addParts(message, message.getAttribute("name"), lines);
    }
    return lines;
  }

  private static void addParts(Element parent, String path, List<String> lines) {
    NodeList children = parent.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element part) {
        String type = part.getAttribute("primitiveType") + part.getAttribute("type");
        String id = part.getAttribute("id");
        lines.add(
            "%s: %s %s %s%s"
                .formatted(
                    path,
                    part.getTagName(),
                    part.getAttribute("name"),
                    type + part.getAttribute("dimensionType"),
                    id.isEmpty() ? "" : " " + id));
        if (part.getTagName().equals("group")) {
          addParts(part, path + "." + part.getAttribute("name"), lines);
        }
      }
    }
  }

  private static List<Element> elements(Element root, String tag) {
    List<Element> elements = new ArrayList<>();
    NodeList nodes = root.getElementsByTagName(tag);
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      elements.add((Element) node);
    }
    return elements;
  }
}
