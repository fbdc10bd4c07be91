/** Automated calls: what is said, what keys mean, and what comes of it. */
@org.springframework.modulith.NamedInterface("voice")
package org.dunlin.contact.voice;
