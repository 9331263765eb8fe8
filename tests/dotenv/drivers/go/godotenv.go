package main

import "github.com/joho/godotenv"

func read(path string) (map[string]string, error) {
	return changed(func() error { return godotenv.Load(path) })
}
