// Loads .env files with the library of the file this is built with: load < LIST; see ../../README.md.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
)

var preset = map[string]string{"OUTER": "outerval"}

// What a load has changed in the environment.
func changed(load func() error) (map[string]string, error) {
	os.Clearenv()
	for name, value := range preset {
		os.Setenv(name, value)
	}
	err := load()
	variables := map[string]string{}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if held, ok := preset[name]; !ok || held != value {
			variables[name] = value
		}
	}
	return variables, err
}

func main() {
	list := bufio.NewScanner(os.Stdin)
	for list.Scan() {
		variables, err := read(list.Text())
		if err != nil {
			fmt.Println("ERROR")
			continue
		}
		line := "OK"
		for name, value := range variables {
			line += " " + hex.EncodeToString([]byte(name)) + "=" + hex.EncodeToString([]byte(value))
		}
		fmt.Println(line)
	}
}
