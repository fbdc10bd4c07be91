/** Automated calls: what is said, what keys mean, and what comes of it. */
package org.dunlin.contact.voice;
