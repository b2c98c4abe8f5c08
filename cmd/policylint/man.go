package main

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages into a folder",
		Long:    `Writes a manual page for each command into DIR, which is made if need be.`,
		Example: `  policylint man /usr/local/share/man/man1`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("one folder is needed, such as man/man1")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return failure("make the folder of the manual: %w", err)
			}
			root := c.Root()
			root.DisableAutoGenTag = true // no date: the same program writes the same pages
			if err := doc.GenManTree(root, &doc.GenManHeader{Title: "POLICYLINT", Section: "1", Source: "policylint", Manual: "policylint"}, args[0]); err != nil {
				return failure("write the manual: %w", err)
			}
			return nil
		},
	}
}
