"""The door for assistants: tools by the Model Context Protocol (MCP) over the same questions, search and papers."""
