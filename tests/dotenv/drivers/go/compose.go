package main

import (
	"os"

	"github.com/compose-spec/compose-go/v2/dotenv"
)

// As compose reads a service's env_file: the caller's environment is asked first, and the file's values win.
func read(path string) (map[string]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	variables := map[string]string{}
	lookup := func(name string) (string, bool) {
		value, ok := preset[name]
		return value, ok
	}
	err = dotenv.ParseWithFormat(file, path, variables, lookup, "")
	for name, value := range variables {
		variables[name] = string([]rune(value)) // handed on as JSON, which holds no bytes that are not UTF-8
	}
	return variables, err
}
