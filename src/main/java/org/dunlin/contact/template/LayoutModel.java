package org.dunlin.contact.template;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * What a layout may place.
 *
 * @param roots     by name, and what each is: records, lists and texts
 * @param addresses paths that may become the target of a link
 * @param pictures  paths that may become the source of a picture
 */
public record LayoutModel(Map<String, Type> roots, Set<String> addresses, Set<String> pictures) {}
