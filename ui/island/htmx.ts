// htmx as it comes; its settings are in the page (meta htmx-config), chosen so that the content security policy holds.
import 'htmx.org/dist/htmx.esm.js'
